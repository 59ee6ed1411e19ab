package com.shunpi.reporting;

import com.shunpi.reporting.Breakdown.Facts;
import com.shunpi.reporting.Breakdown.Measure;
import com.shunpi.workflow.Groups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What customers owe at the end of a day, by age (A8). The classes are the stages of collection (C3), the last one cut at
 * 90 days: not due (due that day counts as such), then 1–7, 8–30, 31–60, 61–90 and more days overdue; each open amount is
 * in one of them. A receipt of ours that came later is taken out again, so that a month's end can be asked for after it; a
 * part that an import reported as paid has no date and counts as paid throughout. Disputed invoices (C7) are in the classes
 * too, and once more by themselves. Only who owes something has a row. CNY.
 */
@Component
class ReceivablesAgingReport implements Report {

    private static final Facts FACTS = new Facts(
            "select i.customer_code, i.disputed, "
                    + Breakdown.dayOfDate("cast(:last as date)") + " - " + Breakdown.dayOfDate("i.due_date")
                    + " overdue,"
                    + " i.amount - i.paid - i.credited - i.written_off + coalesce(later.amount, 0) owed"
                    + " from invoice i left join (select invoice_number, sum(amount) amount from ("
                    + "select a.invoice_number, a.amount from payment_allocation a"
                    + " join payment p on p.bank_reference = a.bank_reference where p.received_on > :last"
                    + " union all select invoice_number, amount from credit_note where booked_at >= :until"
                    + " union all select invoice_number, amount from invoice_write_off where written_off_on > :last"
                    + ") booked group by invoice_number) later on later.invoice_number = i.invoice_number"
                    + " where i.invoice_date <= :last"
                    + " and i.amount > i.paid + i.credited + i.written_off - coalesce(later.amount, 0)",
            false);

    private static final List<Measure> AGES = List.of(
            age("notDue", "未到期", "f.overdue <= 0"),
            age("days1to7", "逾期 1–7 天", "f.overdue between 1 and 7"),
            age("days8to30", "逾期 8–30 天", "f.overdue between 8 and 30"),
            age("days31to60", "逾期 31–60 天", "f.overdue between 31 and 60"),
            age("days61to90", "逾期 61–90 天", "f.overdue between 61 and 90"),
            age("over90", "逾期 90 天以上", "f.overdue > 90"));

    private static final List<Measure> MEASURES = measures();

    private final Breakdown breakdown;

    ReceivablesAgingReport(Breakdown breakdown) {
        this.breakdown = breakdown;
    }

    private static Measure age(String name, String label, String days) {
        return Measure.sum(name, label, "case when " + days + " then f.owed else 0 end");
    }

    private static List<Measure> measures() {
        List<Measure> measures = new ArrayList<>(AGES);
        measures.add(0, Measure.sum("total", "应收合计", "f.owed"));
        measures.add(Measure.sum("disputed", "其中：有争议", "case when f.disputed then f.owed else 0 end"));
        return List.copyOf(measures);
    }

    @Override
    public String name() {
        return "receivables-aging";
    }

    @Override
    public String title() {
        return "应收账龄";
    }

    @Override
    public Set<String> readers() {
        return Groups.PRICE_READERS;
    }

    @Override
    public List<Dimension> dimensions() {
        return List.of(Dimension.CUSTOMER, Dimension.REGION, Dimension.REP);
    }

    @Override
    public Chart chart(Dimension by) {
        return Breakdown.chart(by, AGES.stream().map(age -> age.column().name()).toList());
    }

    @Override
    public boolean isSnapshot() {
        return true;
    }

    @Override
    public List<Column> columns(Dimension by) {
        return Breakdown.columns(by, MEASURES);
    }

    @Override
    public List<Map<String, Object>> rows(Question question) {
        return breakdown.rows(question, FACTS, MEASURES, "total");
    }
}
