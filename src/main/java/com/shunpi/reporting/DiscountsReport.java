package com.shunpi.reporting;

import com.shunpi.reporting.Breakdown.Facts;
import com.shunpi.reporting.Breakdown.Measure;
import com.shunpi.workflow.Groups;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Discounts given (A8) in the orders released in the period. What a line costs less than the list price is one of:
 *
 * <ul>
 *   <li>the customer's own discount, down to his price (list price × discount);
 *   <li>below that a special-price agreement, when the order drew from one of the product (P5);
 *   <li>or a promotion, when the order drew from one of the product (P8);
 *   <li>or something else, which nobody granted: the price book was changed without a price change, by an import.
 * </ul>
 *
 * List price and discount are those of the release, as far as price changes (P4) tell. A line above the list price gives no
 * discount. CNY.
 */
@Component
class DiscountsReport implements Report {

    /** From when until when which price counted before it was changed, for a join that no number of lines makes slow. */
    private static String changes(String kind, String of) {
        return "(select h." + of + ", h.old_value, h.effective_at valid_until,"
                + " lag(h.effective_at) over (partition by h." + of + " order by h.effective_at) valid_from"
                + " from price_change h where h.kind = '" + kind + "' and h.status = 'EFFECTIVE')";
    }

    private static String validThen(String changes) {
        return " and o.released_at < " + changes + ".valid_until" + " and (" + changes
                + ".valid_from is null or o.released_at >= " + changes + ".valid_from)";
    }

    private static final String LINES =
            "select o.order_number, o.customer_code, l.product_code, l.quantity, l.unit_price, "
                    + Breakdown.dayOfInstant("o.released_at") + " fact_day,"
                    + " coalesce(lp.old_value, b.list_price) list_price, coalesce(cd.old_value, u.discount) discount,"
                    + " case when a.document_number is not null then 'AGREEMENT'"
                    + " when m.document_number is not null then 'PROMOTION' else 'OTHER' end granted"
                    + " from sales_order o join order_line l on l.order_number = o.order_number"
                    + " join product b on b.code = l.product_code join customer u on u.code = o.customer_code"
                    + " left join " + changes("LIST_PRICE", "product_code") + " lp on lp.product_code = l.product_code"
                    + validThen("lp")
                    + " left join " + changes("CUSTOMER_DISCOUNT", "customer_code")
                    + " cd on cd.customer_code = o.customer_code"
                    + validThen("cd")
                    + " left join (select distinct e.document_number, g.product_code from price_agreement_entry e"
                    + " join price_agreement g on g.id = e.agreement_id) a"
                    + " on a.document_number = o.order_number and a.product_code = l.product_code"
                    + " left join (select distinct e.document_number, g.product_code from promotion_entry e"
                    + " join promotion_price g on g.request_number = e.request_number) m"
                    + " on m.document_number = o.order_number and m.product_code = l.product_code"
                    + " where o.kind = 'SALE' and o.released_at >= :from and o.released_at < :until";

    private static final Facts FACTS = new Facts(
            "select n.customer_code, n.product_code, n.fact_day, n.order_number, n.order_number values_of, n.granted,"
                    + " round(n.quantity * n.list_price, 2) list_amount, round(n.quantity * n.unit_price, 2) amount,"
                    + " case when n.unit_price < n.list_price then round(n.quantity * n.list_price, 2)"
                    + " - round(n.quantity * n.unit_price, 2) else 0 end given,"
                    + " case when n.unit_price < round(n.list_price * n.discount, 4)"
                    + " then round(n.quantity * round(n.list_price * n.discount, 4), 2) - round(n.quantity * n.unit_price, 2)"
                    + " else 0 end below"
                    + " from (" + LINES + ") n",
            true);

    private static final List<Measure> MEASURES = List.of(
            Measure.of("orders", "单数", "count(distinct f.order_number)"),
            Measure.sum("listAmount", "目录价金额", "f.list_amount"),
            Measure.sum("amount", "销售金额", "f.amount"),
            Measure.sum("given", "让利合计", "f.given"),
            Measure.of(
                    "rate",
                    "让利率（%）",
                    "case when sum(f.list_amount) = 0 then 0"
                            + " else round(100 * sum(f.given) / sum(f.list_amount), 2) end"),
            Measure.sum("customerDiscount", "结算折扣", "f.given - f.below"),
            below("specialPrice", "特价协议", "AGREEMENT"),
            below("promotion", "促销", "PROMOTION"),
            below("other", "其他", "OTHER"));

    private final Breakdown breakdown;

    DiscountsReport(Breakdown breakdown) {
        this.breakdown = breakdown;
    }

    private static Measure below(String name, String label, String granted) {
        return Measure.sum(name, label, "case when f.granted = '" + granted + "' then f.below else 0 end");
    }

    @Override
    public String name() {
        return "discounts";
    }

    @Override
    public String title() {
        return "让利报表";
    }

    @Override
    public Set<String> readers() {
        return Groups.PRICE_READERS;
    }

    @Override
    public List<Dimension> dimensions() {
        return List.of(
                Dimension.CUSTOMER,
                Dimension.PRODUCT,
                Dimension.REP,
                Dimension.REGION,
                Dimension.DAY,
                Dimension.WEEK,
                Dimension.MONTH);
    }

    @Override
    public Chart chart(Dimension by) {
        return Breakdown.chart(by, List.of("customerDiscount", "specialPrice", "promotion", "other"));
    }

    @Override
    public List<Column> columns(Dimension by) {
        return Breakdown.columns(by, MEASURES);
    }

    @Override
    public List<Map<String, Object>> rows(Question question) {
        return breakdown.rows(question, FACTS, MEASURES, "given");
    }

    @Override
    public int withheld(Question question) {
        return breakdown.withheld(question, FACTS);
    }
}
