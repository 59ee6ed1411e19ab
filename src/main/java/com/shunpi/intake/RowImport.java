package com.shunpi.intake;

import com.shunpi.intake.ImportResult.Row;
import com.shunpi.intake.ImportResult.Status;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import com.shunpi.spreadsheet.Sheet;
import com.shunpi.spreadsheet.SheetRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Imports tables in which every row is a document of its own: reads the rows, keeps them in chunks of one transaction each,
 * and where a chunk fails keeps its rows one by one, so that a bad row does not take others with it.
 */
@Component
public class RowImport {

    private static final Logger log = LoggerFactory.getLogger(RowImport.class);
    private static final int CHUNK = 500;

    /**
     * A row that could be read.
     *
     * @param row as the spreadsheet shows it
     * @param key identifies the document
     */
    public record Entry<T>(int row, String key, T facts) {

        public Row is(Status status) {
            return new Row(row, key, null, status, List.of());
        }

        public Row rejected(String field, String message) {
            return rejected(List.of(Fault.of(field, message)));
        }

        /** Rejected for faults that name JSON fields or columns; the answer names columns. */
        public Row rejected(List<Fault> faults) {
            List<Fault> inSheet = faults.stream()
                    .map(fault -> new Fault(row, column(fault.field()), fault.message()))
                    .toList();
            return new Row(row, key, null, Status.REJECTED, inSheet);
        }

        private static String column(String field) {
            return field == null ? null : field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        }
    }

    private final TransactionTemplate transaction;

    RowImport(PlatformTransactionManager transactionManager) {
        transaction = new TransactionTemplate(transactionManager);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Imports a table.
     *
     * @param keyColumn the column that identifies a document; the same twice in a file is taken once
     * @param read makes the facts of a row; what it adds to the row's faults rejects the row
     * @param keeper keeps a chunk within a transaction and answers one row per entry, in their order
     */
    public <T> ImportResult run(
            Sheet sheet,
            String keyColumn,
            Function<SheetRow, T> read,
            Function<List<Entry<T>>, List<Row>> keeper,
            Progress progress) {
        progress.total(sheet.rows().size());
        List<Row> results = new ArrayList<>();
        Consumer<Row> report = row -> {
            results.add(row);
            progress.done(row);
        };
        Map<String, Entry<T>> firsts = new LinkedHashMap<>();
        List<Entry<T>> repeated = new ArrayList<>();
        for (SheetRow row : sheet.rows()) {
            T facts = read.apply(row);
            String key = row.raw(keyColumn);
            if (row.isFaulty()) {
                report.accept(new Row(row.number(), key, null, Status.REJECTED, row.faults()));
                continue;
            }
            Entry<T> entry = new Entry<>(row.number(), key, facts);
            if (firsts.putIfAbsent(key, entry) != null) {
                repeated.add(entry);
            }
        }
        Map<String, Row> resultByKey = new HashMap<>();
        List<Entry<T>> entries = new ArrayList<>(firsts.values());
        for (int from = 0; from < entries.size(); from += CHUNK) {
            for (Row row : keep(entries.subList(from, Math.min(entries.size(), from + CHUNK)), keeper)) {
                report.accept(row);
                resultByKey.put(row.key(), row);
            }
        }
        for (Entry<T> entry : repeated) {
            report.accept(again(entry, firsts.get(entry.key()), resultByKey.get(entry.key()), keyColumn));
        }
        results.sort(Comparator.comparing(Row::row));
        return ImportResult.of(results);
    }

    /** The same key once more in one file: the same content is a duplicate, two different ones are somebody's mistake. */
    private static <T> Row again(Entry<T> entry, Entry<T> first, Row result, String keyColumn) {
        if (!entry.facts().equals(first.facts())) {
            return entry.rejected(keyColumn, "与第 " + first.row() + " 行的“" + entry.key() + "”重复，但内容不同");
        }
        return result.status() == Status.REJECTED ? entry.rejected(result.errors()) : entry.is(Status.DUPLICATE);
    }

    private <T> List<Row> keep(List<Entry<T>> chunk, Function<List<Entry<T>>, List<Row>> keeper) {
        try {
            return transaction.execute(status -> keeper.apply(chunk));
        } catch (RuntimeException e) {
            if (chunk.size() > 1) {
                log.info("A chunk of {} rows failed ({}); keeping them one by one", chunk.size(), e.toString());
                return chunk.stream()
                        .map(entry -> keep(List.of(entry), keeper).get(0))
                        .toList();
            }
            return List.of(failed(chunk.get(0), e));
        }
    }

    private static Row failed(Entry<?> entry, RuntimeException e) {
        if (e instanceof RefusedException refusal) {
            return entry.rejected(
                    refusal.faults().isEmpty() ? List.of(Fault.of(null, refusal.getMessage())) : refusal.faults());
        }
        if (e instanceof ConcurrencyFailureException || e instanceof DataIntegrityViolationException) {
            log.info("Row {} met a change made at the same time", entry.row(), e);
            return entry.rejected(null, "他人刚刚修改了同一资料，请重新导入此行");
        }
        log.error("Row {} could not be kept", entry.row(), e);
        return entry.rejected(null, "系统出错，此行未导入，已记录");
    }
}
