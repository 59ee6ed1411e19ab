package com.shunpi.intake;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Plays the tables of the demo company's history. A row and the mark that it was played are one transaction, so that a first
 * start that is stopped in the middle goes on at the next one, and plays nothing twice.
 */
@Component
public class DemoProgress {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    DemoProgress(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Whether a table was begun at an earlier start. */
    public boolean isBegun(String table) {
        return done(table) >= 0;
    }

    /**
     * @param today the day its dates are counted from, unless it was begun on an earlier one
     * @param before what has to be there first; done again as long as no row was played, so it must bear that
     * @param row what a row does
     */
    public void play(String table, LocalDate today, Consumer<LocalDate> before, Consumer<CSVRecord> row) {
        if (!isBegun(table)) {
            jdbc.sql("insert into demo_progress (name, first_day, done) values (?, ?, 0)")
                    .params(table, today)
                    .update();
        }
        LocalDate day = jdbc.sql("select first_day from demo_progress where name = ?")
                .param(table)
                .query(LocalDate.class)
                .single();
        List<CSVRecord> rows = DemoTable.read(table, day);
        int done = done(table);
        if (done == 0) {
            before.accept(day);
        }
        for (CSVRecord next : rows.subList(Math.min(done, rows.size()), rows.size())) {
            transaction.executeWithoutResult(status -> {
                row.accept(next);
                jdbc.sql("update demo_progress set done = done + 1 where name = ?")
                        .param(table)
                        .update();
            });
        }
    }

    /** Rows that were played; -1 when it was never begun. */
    private int done(String table) {
        return jdbc.sql("select done from demo_progress where name = ?")
                .param(table)
                .query(Integer.class)
                .optional()
                .orElse(-1);
    }
}
