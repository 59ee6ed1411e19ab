package com.shunpi.reporting;

import com.shunpi.reporting.Breakdown.Facts;
import com.shunpi.reporting.Breakdown.Measure;
import com.shunpi.workflow.Groups;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Sales (A8): orders that were released, on the day of the release, since from there on an order is neither changed nor
 * cancelled (R11); what comes back of it is in the report on returns. What a returns case sends (T7) is no sale. Beside them what was shipped and invoiced, and how
 * many orders came in; for how much is not said before another person has checked them blind (V2). CNY.
 */
@Component
class DailySalesReport implements Report {

    private static final Facts FACTS = new Facts(
            String.join(
                    " union all ",
                    stage("RECEIVED", Breakdown.dayOfInstant("o.received_at"), """
                    o.received_at >= :from and o.received_at < :until and o.status not in ('REJECTED', 'CANCELLED')"""),
                    stage(
                            "RELEASED",
                            Breakdown.dayOfInstant("o.released_at"),
                            "o.released_at >= :from and o.released_at < :until"),
                    stage(
                            "SHIPPED",
                            Breakdown.dayOfDate("o.dispatched_on"),
                            "o.dispatched_on between :first and :last"),
                    stage(
                            "INVOICED",
                            Breakdown.dayOfInstant("o.invoiced_at"),
                            "o.invoiced_at >= :from and o.invoiced_at < :until")),
            true);

    private static final List<Measure> MEASURES = List.of(
            Measure.of("receivedOrders", "接单数", orders("RECEIVED")),
            Measure.of("orders", "销售单数", orders("RELEASED")),
            Measure.sum("quantity", "销售数量", of("RELEASED", "quantity")),
            Measure.sum("amount", "销售金额", of("RELEASED", "amount")),
            Measure.sum("shippedAmount", "发货金额", of("SHIPPED", "amount")),
            Measure.sum("invoicedAmount", "开票金额", of("INVOICED", "amount")));

    private final Breakdown breakdown;

    DailySalesReport(Breakdown breakdown) {
        this.breakdown = breakdown;
    }

    /** The lines of the orders that reached a stage in the period; amounts rounded per line, as the order has them. */
    private static String stage(String stage, String day, String reached) {
        return "select '" + stage + "' stage, o.order_number, "
                + ("RECEIVED".equals(stage) ? "cast(null as varchar(30))" : "o.order_number") + " values_of,"
                + " o.customer_code, " + day + " fact_day, l.product_code,"
                + " l.quantity, round(l.quantity * l.unit_price, 2) amount"
                + " from sales_order o join order_line l on l.order_number = o.order_number"
                + " where o.kind = 'SALE' and " + reached;
    }

    private static String orders(String stage) {
        return "count(distinct case when f.stage = '" + stage + "' then f.order_number end)";
    }

    private static String of(String stage, String column) {
        return "case when f.stage = '" + stage + "' then f." + column + " else 0 end";
    }

    @Override
    public String name() {
        return "daily-sales";
    }

    @Override
    public String title() {
        return "销售报表";
    }

    @Override
    public Set<String> readers() {
        return Groups.PRICE_READERS;
    }

    @Override
    public List<Dimension> dimensions() {
        return List.of(Dimension.values());
    }

    @Override
    public Chart chart(Dimension by) {
        return Breakdown.chart(by, List.of("amount"));
    }

    @Override
    public List<Column> columns(Dimension by) {
        return Breakdown.columns(by, MEASURES);
    }

    @Override
    public List<Map<String, Object>> rows(Question question) {
        return breakdown.rows(question, FACTS, MEASURES, "amount");
    }

    @Override
    public int withheld(Question question) {
        return breakdown.withheld(question, FACTS);
    }
}
