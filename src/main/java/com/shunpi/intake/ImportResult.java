package com.shunpi.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.shunpi.shared.Fault;
import java.util.List;
import java.util.Locale;

/**
 * What became of a file (contract: imports).
 *
 * @param accepted rows taken, new ones and those that changed a known document
 * @param duplicates rows that say what is known already
 * @param rejected rows not taken
 * @param rows one entry per row or document, in the order of the file
 */
public record ImportResult(int accepted, int duplicates, int rejected, List<Row> rows) {

    /** What became of a row. */
    public enum Status {
        ACCEPTED,
        UPDATED,
        DUPLICATE,
        REJECTED;

        /** The word of the outer surface, e.g. {@code accepted}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One row, or one document of several rows.
     *
     * @param row the (first) row as the spreadsheet shows it; null when a fault concerns the whole file
     * @param key what identifies the document in the file, e.g. the customer's code
     * @param number our number of it, e.g. {@code SO-20261122-0001}; null where we give none
     * @param errors why it was rejected; empty otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(Integer row, String key, String number, Status status, List<Fault> errors) {

        public Row {
            errors = List.copyOf(errors);
        }
    }

    public static ImportResult of(List<Row> rows) {
        return new ImportResult(
                count(rows, Status.ACCEPTED) + count(rows, Status.UPDATED),
                count(rows, Status.DUPLICATE),
                count(rows, Status.REJECTED),
                List.copyOf(rows));
    }

    private static int count(List<Row> rows, Status status) {
        return (int) rows.stream().filter(row -> row.status() == status).count();
    }
}
