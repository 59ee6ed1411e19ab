package com.shunpi.reporting;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One report: a bean of this kind is offered at {@code /api/reports/{name}} without being registered anywhere. */
interface Report {

    /**
     * @param label what people read above the column
     * @param addsUp whether the sum over all rows means something; it is then given beside the rows
     */
    record Column(String name, String label, @JsonIgnore boolean addsUp) {

        Column(String name, String label) {
            this(name, label, false);
        }

        static Column sum(String name, String label) {
            return new Column(name, label, true);
        }
    }

    /**
     * @param labels columns that say together what a group of bars is about
     * @param figures columns that are drawn, stacked on each other
     */
    record Chart(List<String> labels, List<String> figures) {}

    /** The days it is about, both included; Asia/Shanghai. */
    record Period(LocalDate from, LocalDate to) {}

    /**
     * @param by what the rows are about, one of {@link #dimensions()}; null for a report without
     * @param rep only the customers of this sales rep (A5); null for all
     */
    record Question(Period period, Dimension by, String rep) {}

    /** The name in the address, e.g. {@code verification-errors}. */
    String name();

    String title();

    /**
     * The groups that may read it (A5). Who may as a sales rep alone is given as {@link Question#rep()}, so a report that
     * lists sales reps keeps to it.
     */
    Set<String> readers();

    /** By what it can be added up (A8), the usual way first; none when its rows are always the same kind of thing. */
    default List<Dimension> dimensions() {
        return List.of();
    }

    /** What is drawn of it; null when a chart would say nothing. */
    default Chart chart(Dimension by) {
        return null;
    }

    /** Whether it says how things stand at the end of the period's last day, whatever the first one is. */
    default boolean isSnapshot() {
        return false;
    }

    /** The columns of a report without dimensions. */
    default List<Column> columns() {
        return columns(dimensions().get(0));
    }

    /**
     * The rows of a report without dimensions, by column name; texts, whole numbers, {@link java.math.BigDecimal}, days, or
     * nothing.
     */
    default List<Map<String, Object>> rows(Period period) {
        return rows(new Question(period, dimensions().get(0), null));
    }

    default List<Column> columns(Dimension by) {
        return columns();
    }

    default List<Map<String, Object>> rows(Question question) {
        return rows(question.period());
    }

    /** How many documents of the period are left out of the rows because the reader is to check them blind (V2). */
    default int withheld(Question question) {
        return 0;
    }
}
