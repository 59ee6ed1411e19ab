package com.shunpi.reporting;

import com.fasterxml.jackson.annotation.JsonValue;
import com.shunpi.reporting.Report.Column;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;

/** By what figures are added up (A8). */
enum Dimension {
    // days are counted from 1970-01-01, a Thursday, which both databases can do alike; weeks begin on Monday
    DAY("日", "f.fact_day", new Column("day", "日期")),
    WEEK("周", "f.fact_day - mod(f.fact_day + 3, 7)", new Column("week", "周（周一）")),
    MONTH(
            "月",
            "extract(year from date '1970-01-01' + f.fact_day) * 12 + extract(month from date '1970-01-01' + f.fact_day)",
            new Column("month", "月份")),
    CUSTOMER("客户", "c.code, c.name", new Column("customerCode", "客户编码"), new Column("customerName", "客户")),
    REGION("区域", "c.region", new Column("region", "区域")),
    // the account twice: the second becomes the name
    REP("业务员", "c.sales_rep, c.sales_rep", new Column("rep", "业务员账号"), new Column("repName", "业务员")),
    PRODUCT("产品", "p.code, p.name", new Column("productCode", "产品编码"), new Column("productName", "产品"));

    private final String label;
    private final String keys;
    private final List<Column> columns;

    Dimension(String label, String keys, Column... columns) {
        this.label = label;
        this.keys = keys;
        this.columns = List.of(columns);
    }

    /** The word in the address, e.g. {@code customer}. */
    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String label() {
        return label;
    }

    /** What tells its rows apart. */
    List<Column> columns() {
        return columns;
    }

    /** What is grouped by: of the facts {@code f}, the customer {@code c} or the product {@code p}. */
    String keys() {
        return keys;
    }

    boolean isTime() {
        return this == DAY || this == WEEK || this == MONTH;
    }

    /** A key as people read it; null stays null. */
    Object readable(Object key) {
        return switch (this) {
            case DAY, WEEK -> LocalDate.ofEpochDay(((Number) key).longValue());
            case MONTH -> {
                int month = ((Number) key).intValue() - 1;
                yield YearMonth.of(month / 12, month % 12 + 1).toString();
            }
            default -> key;
        };
    }
}
