package com.shunpi.reporting;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One report: a bean of this kind is offered at {@code /api/reports/{name}} without being registered anywhere. */
interface Report {

    /** @param label what people read above the column */
    record Column(String name, String label) {}

    /** The days it is about, both included; Asia/Shanghai. */
    record Period(LocalDate from, LocalDate to) {}

    /** The name in the address, e.g. {@code verification-errors}. */
    String name();

    String title();

    /** The groups that may read it (A5). */
    Set<String> readers();

    List<Column> columns();

    /** Rows by column name; texts, whole numbers, {@link java.math.BigDecimal}, days, or nothing. */
    List<Map<String, Object>> rows(Period period);
}
