package com.shunpi.reporting;

import com.shunpi.workflow.Groups;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
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

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

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
                and r.applied_at >= :from and r.applied_at < :until
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

    ReturnsReport(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
                new Column("cases", "次数"),
                new Column("quantity", "数量"),
                new Column("amount", "货值（元）"),
                new Column("refund", "退款（元）"),
                new Column("restocked", "入库数量"));
    }

    /** Per product, cause and responsible side, and all of them in the last row; none when nothing came back. */
    @Override
    public List<Map<String, Object>> rows(Period period) {
        List<Row> found = jdbc.sql(ROWS)
                .param("from", startOf(period.from()))
                .param("until", startOf(period.to().plusDays(1)))
                .query(Row.class)
                .list();
        List<Map<String, Object>> rows = new ArrayList<>();
        found.forEach(row -> rows.add(row(row, REASONS.getOrDefault(row.reason(), row.reason()))));
        if (!found.isEmpty()) {
            rows.add(row(
                    new Row(
                            "",
                            "合计",
                            "",
                            null,
                            found.stream().mapToLong(Row::cases).sum(),
                            found.stream().mapToLong(Row::quantity).sum(),
                            found.stream().map(Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add),
                            found.stream().map(Row::refund).reduce(BigDecimal.ZERO, BigDecimal::add),
                            found.stream().mapToLong(Row::restocked).sum()),
                    ""));
        }
        return rows;
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(SHANGHAI).toOffsetDateTime();
    }

    private static Map<String, Object> row(Row row, String reason) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("productCode", row.productCode());
        values.put("productName", row.productName());
        values.put("reason", reason);
        values.put("responsibleSide", row.responsibleSide() == null ? "" : SIDES.get(row.responsibleSide()));
        values.put("cases", row.cases());
        values.put("quantity", row.quantity());
        values.put("amount", row.amount().setScale(2, RoundingMode.HALF_UP));
        values.put("refund", row.refund().setScale(2, RoundingMode.HALF_UP));
        values.put("restocked", row.restocked());
        return values;
    }
}
