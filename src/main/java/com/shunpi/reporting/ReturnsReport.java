package com.shunpi.reporting;

import com.shunpi.workflow.Groups;
import com.shunpi.workflow.HiddenContent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What came back, per product, cause and responsible side (T3, A8): how often, how many units, what they were sold for and
 * what is refunded of it. By the day of the application; what was refused, withdrawn or lapsed is no return.
 */
@Component
@Transactional(readOnly = true)
class ReturnsReport implements Report {

    private static final String ROWS = """
            select l.product_code, p.name product_name, r.reason, q.responsible_side,
                count(distinct r.return_number) cases, sum(l.settled) quantity,
                sum(l.settled * l.unit_price) amount,
                sum(l.refund_amount * l.settled / l.quantity) refund, sum(l.restocked) restocked
            from return_line l
            join return_case r on r.return_number = l.return_number
            join product p on p.code = l.product_code
            left join quality_complaint q on q.return_number = r.return_number
            where r.status not in ('REFUSED', 'WITHDRAWN', 'LAPSED')
                and r.applied_at >= :from and r.applied_at < :until and r.return_number not in (:hidden)
            group by l.product_code, p.name, r.reason, q.responsible_side
            order by l.product_code, r.reason, q.responsible_side
            """;

    private static final Map<String, String> REASONS = Map.of(
            "QUALITY", "质量问题",
            "WRONG_DELIVERY", "发错货",
            "TRANSPORT_DAMAGE", "运输损坏",
            "ORDERED_WRONG", "客户订错",
            "NOT_WANTED", "客户不要了",
            "OTHER", "其他原因");

    private static final Map<String, String> SIDES = Map.of(
            "COMPANY", "我方",
            "CUSTOMER", "客户",
            "CARRIER", "承运商",
            "MANUFACTURER", "生产厂家",
            "NONE", "不涉及");

    private record Row(
            String productCode,
            String productName,
            String reason,
            String responsibleSide,
            long cases,
            long quantity,
            BigDecimal amount,
            BigDecimal refund,
            long restocked) {}

    private final JdbcClient jdbc;
    private final HiddenContent hidden;

    ReturnsReport(JdbcClient jdbc, HiddenContent hidden) {
        this.jdbc = jdbc;
        this.hidden = hidden;
    }

    @Override
    public String name() {
        return "returns";
    }

    @Override
    public String title() {
        return "退换货（按产品和原因）";
    }

    @Override
    public Set<String> readers() {
        return Set.of(
                Groups.SALES_MANAGER,
                Groups.SALES_DIRECTOR,
                Groups.GENERAL_MANAGER,
                Groups.FINANCE,
                Groups.TECHNICAL,
                Groups.PURCHASING);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("productCode", "产品编码"),
                new Column("productName", "产品"),
                new Column("reason", "原因"),
                new Column("responsibleSide", "责任方"),
                Column.sum("cases", "次数"),
                Column.sum("quantity", "数量"),
                Column.sum("amount", "货值（元）"),
                Column.sum("refund", "退款（元）"),
                Column.sum("restocked", "入库数量"));
    }

    @Override
    public Chart chart(Dimension by) {
        return new Chart(List.of("productName", "reason", "responsibleSide"), List.of("quantity"));
    }

    @Override
    public int withheld(Question question) {
        return jdbc.sql("select count(*) from return_case where return_number in (:hidden)"
                        + " and applied_at >= :from and applied_at < :until")
                .param("hidden", hidden())
                .param("from", Breakdown.startOf(question.period().from()))
                .param("until", Breakdown.startOf(question.period().to().plusDays(1)))
                .query(Integer.class)
                .single();
    }

    /** Returns whose refund the reader is to check blind (V2); never empty, for a list with nothing in it is no SQL. */
    private Set<String> hidden() {
        Set<String> numbers =
                new HashSet<>(hidden.among(jdbc.sql("select document_number from verification where status = 'OPEN'")
                        .query(String.class)
                        .list()));
        numbers.add("");
        return numbers;
    }

    /** Per product, cause and responsible side; none when nothing came back. */
    @Override
    public List<Map<String, Object>> rows(Period period) {
        return jdbc
                .sql(ROWS)
                .param("from", Breakdown.startOf(period.from()))
                .param("until", Breakdown.startOf(period.to().plusDays(1)))
                .param("hidden", hidden())
                .query(Row.class)
                .list()
                .stream()
                .map(ReturnsReport::row)
                .toList();
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("productCode", row.productCode());
        values.put("productName", row.productName());
        values.put("reason", REASONS.getOrDefault(row.reason(), row.reason()));
        values.put("responsibleSide", row.responsibleSide() == null ? "" : SIDES.get(row.responsibleSide()));
        values.put("cases", row.cases());
        values.put("quantity", row.quantity());
        values.put("amount", row.amount().setScale(2, RoundingMode.HALF_UP));
        values.put("refund", row.refund().setScale(2, RoundingMode.HALF_UP));
        values.put("restocked", row.restocked());
        return values;
    }
}
