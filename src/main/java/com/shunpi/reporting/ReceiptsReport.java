package com.shunpi.reporting;

import com.shunpi.reporting.Breakdown.Facts;
import com.shunpi.reporting.Breakdown.Measure;
import com.shunpi.workflow.Groups;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Receipts (A8) by the day the bank had them: on invoices, for prepaid orders, and those that name neither. A receipt pays
 * an invoice or an order as a whole, so there is none by product. CNY.
 */
@Component
class ReceiptsReport implements Report {

    private static final Facts FACTS = new Facts(
            "select p.customer_code, " + Breakdown.dayOfDate("p.received_on") + " fact_day,"
                    + " p.invoice_number, p.order_number, p.amount"
                    + " from payment p where p.received_on between :first and :last",
            false);

    private static final List<Measure> MEASURES = List.of(
            new Measure(Column.sum("receipts", "笔数"), "count(*)"),
            Measure.sum("amount", "收款金额", "f.amount"),
            Measure.sum("onInvoices", "其中：发票回款", "case when f.invoice_number is not null then f.amount else 0 end"),
            Measure.sum(
                    "onOrders",
                    "其中：订单预收",
                    "case when f.invoice_number is null and f.order_number is not null then f.amount else 0 end"),
            Measure.sum(
                    "unassigned",
                    "其中：未指明用途",
                    "case when f.invoice_number is null and f.order_number is null then f.amount else 0 end"));

    private final Breakdown breakdown;

    ReceiptsReport(Breakdown breakdown) {
        this.breakdown = breakdown;
    }

    @Override
    public String name() {
        return "receipts";
    }

    @Override
    public String title() {
        return "收款报表";
    }

    @Override
    public Set<String> readers() {
        return Groups.PRICE_READERS;
    }

    @Override
    public List<Dimension> dimensions() {
        return List.of(
                Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.CUSTOMER, Dimension.REGION, Dimension.REP);
    }

    @Override
    public Chart chart(Dimension by) {
        return Breakdown.chart(by, List.of("onInvoices", "onOrders", "unassigned"));
    }

    @Override
    public List<Column> columns(Dimension by) {
        return Breakdown.columns(by, MEASURES);
    }

    @Override
    public List<Map<String, Object>> rows(Question question) {
        return breakdown.rows(question, FACTS, MEASURES, "amount");
    }
}
