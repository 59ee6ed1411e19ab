package com.shunpi.shared;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One thing that is wrong with what somebody sent, in words he understands (R1, F4).
 *
 * @param row the row of the sheet, counted as the spreadsheet shows it (header = 1); null outside a sheet
 * @param field the column's English name, or {@code lines[2].quantity} in JSON; null when it concerns the whole
 * @param message what is wrong and what would be right, in Chinese
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(Integer row, String field, String message) {

    /** What was sent is quoted, and an answer has to be written whatever that was. */
    public Fault {
        field = PlainText.wellFormed(field);
        message = PlainText.wellFormed(message);
    }

    public static Fault of(String field, String message) {
        return new Fault(null, field, message);
    }
}
