package com.shunpi.reporting;

import com.shunpi.reporting.Report.Chart;
import com.shunpi.reporting.Report.Column;
import com.shunpi.reporting.Report.Question;
import com.shunpi.shared.Money;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.HiddenContent;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds up facts by a dimension (A8), in one statement however many there are. Facts are a SELECT of
 * {@code customer_code}, {@code fact_day} (days since 1970-01-01 in Shanghai), {@code product_code} where they can be told
 * apart by product, and of what the measures add up. It may ask for {@code :from} and {@code :until}, the first instant of
 * the period and the first after it, and for {@code :first} and {@code :last}, its days.
 */
@Component
class Breakdown {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String UNKNOWN = "（未指定）";

    /** @param sql an aggregate of the facts {@code f} */
    record Measure(Column column, String sql) {

        static Measure sum(String name, String label, String sql) {
            return new Measure(Column.sum(name, label), "coalesce(sum(" + sql + "), 0)");
        }

        /** What adds up no further: an order is counted once per row, and may be in several rows. */
        static Measure of(String name, String label, String sql) {
            return new Measure(new Column(name, label), sql);
        }
    }

    /** @param ofOrders whether {@code values_of} names the order whose values a reader may have to check blind (V2) */
    record Facts(String sql, boolean ofOrders) {}

    private final JdbcClient jdbc;
    private final Directory directory;
    private final HiddenContent hidden;

    Breakdown(JdbcClient jdbc, Directory directory, HiddenContent hidden) {
        this.jdbc = jdbc;
        this.directory = directory;
        this.hidden = hidden;
    }

    /** SQL for the day of an instant in Shanghai, which has had no summer time since 1991, counted from 1970-01-01. */
    static String dayOfInstant(String column) {
        return "cast(floor((extract(epoch from " + column + ") + 28800) / 86400) as integer)";
    }

    static String dayOfDate(String column) {
        return "cast(floor(extract(epoch from " + column + ") / 86400) as integer)";
    }

    static List<Column> columns(Dimension by, List<Measure> measures) {
        return Stream.concat(by.columns().stream(), measures.stream().map(Measure::column))
                .toList();
    }

    static Chart chart(Dimension by, List<String> figures) {
        List<String> labels = by.columns().stream().map(Column::name).toList();
        // products of one name differ by their code
        return new Chart(by == Dimension.PRODUCT ? labels : labels.subList(labels.size() - 1, labels.size()), figures);
    }

    /** In order of time, or the largest of {@code main} first. */
    @Transactional(readOnly = true)
    List<Map<String, Object>> rows(Question question, Facts facts, List<Measure> measures, String main) {
        Dimension by = question.by();
        List<Column> columns = columns(by, measures);
        StringBuilder sql = new StringBuilder("select ").append(by.keys());
        measures.forEach(measure -> sql.append(", ").append(measure.sql()));
        sql.append(from(facts));
        if (by == Dimension.PRODUCT) {
            sql.append(" join product p on p.code = f.product_code");
        }
        Set<String> blind = facts.ofOrders() ? blindOrders() : Set.of();
        sql.append(" where ").append(ofRep(question));
        if (!blind.isEmpty()) {
            sql.append(" and (f.values_of is null or f.values_of not in (:blind))");
        }
        sql.append(" group by ").append(by.keys()).append(" order by ");
        if (!by.isTime()) {
            sql.append(1 + columns.stream().map(Column::name).toList().indexOf(main))
                    .append(" desc, ");
        }
        sql.append("1");
        List<Map<String, Object>> rows = ask(sql.toString(), question, blind)
                .query((row, number) -> row(row, by, measures))
                .list();
        if (by == Dimension.REP) {
            Map<String, String> names = directory.namesOf(
                    rows.stream().map(row -> row.get("rep").toString()).toList());
            rows.forEach(
                    row -> row.computeIfPresent("repName", (column, rep) -> names.getOrDefault(rep, (String) rep)));
        }
        return rows;
    }

    /** How many orders are left out of {@link #rows} because the reader is to check them blind (V2). */
    @Transactional(readOnly = true)
    int withheld(Question question, Facts facts) {
        Set<String> blind = blindOrders();
        return blind.isEmpty()
                ? 0
                : ask(
                                "select count(distinct f.values_of)" + from(facts) + " where " + ofRep(question)
                                        + " and f.values_of in (:blind)",
                                question,
                                blind)
                        .query(Integer.class)
                        .single();
    }

    private static String from(Facts facts) {
        return " from (" + facts.sql() + ") f join customer c on c.code = f.customer_code";
    }

    private static String ofRep(Question question) {
        return question.rep() == null ? "1 = 1" : "c.sales_rep = :rep";
    }

    private Set<String> blindOrders() {
        return hidden.among(jdbc.sql("select distinct document_number from verification where status = 'OPEN'")
                .query(String.class)
                .list());
    }

    private JdbcClient.StatementSpec ask(String sql, Question question, Set<String> blind) {
        return jdbc.sql(sql)
                .param("from", startOf(question.period().from()))
                .param("until", startOf(question.period().to().plusDays(1)))
                .param("first", question.period().from())
                .param("last", question.period().to())
                .param("rep", question.rep())
                .param("blind", blind);
    }

    static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(SHANGHAI).toOffsetDateTime();
    }

    private static Map<String, Object> row(ResultSet found, Dimension by, List<Measure> measures) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        int index = 1;
        for (Column column : by.columns()) {
            Object key = found.getObject(index++);
            row.put(column.name(), key == null ? UNKNOWN : by.readable(key));
        }
        for (Measure measure : measures) {
            Object value = found.getObject(index++);
            row.put(measure.column().name(), value instanceof BigDecimal decimal ? Money.amount(decimal) : value);
        }
        return row;
    }
}
