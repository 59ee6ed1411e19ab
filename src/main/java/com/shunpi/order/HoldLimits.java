package com.shunpi.order;

import com.shunpi.masterdata.Customer;
import com.shunpi.workflow.DecisionTables;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What holds a credit customer's order: the process owners' table says it for single customers first, then for grades,
 * then for all; an empty cell leaves the check out (F1).
 */
@Component
class HoldLimits {

    static final String TABLE = "order-hold-limits";

    /**
     * Null = not checked.
     *
     * @param overdueDays an invoice may be overdue for, calendar days
     * @param overdueAmount all overdue invoices together may come to, CNY
     * @param creditLimitPercent exposure may be of the credit limit, per cent
     * @param orderAmount one order may come to, CNY
     */
    record Limits(Long overdueDays, Long overdueAmount, Long creditLimitPercent, Long orderAmount) {

        boolean checksCreditLimit() {
            return creditLimitPercent != null;
        }

        boolean isOverCreditLimit(BigDecimal used, BigDecimal limit) {
            return checksCreditLimit()
                    && used.multiply(BigDecimal.valueOf(100))
                                    .compareTo(limit.multiply(BigDecimal.valueOf(creditLimitPercent)))
                            > 0;
        }

        boolean isLargeOrder(BigDecimal amount) {
            return orderAmount != null && amount.compareTo(BigDecimal.valueOf(orderAmount)) > 0;
        }

        boolean isOverdueTooLong(long days) {
            return overdueDays != null && days > overdueDays;
        }

        boolean isOverdueTooMuch(BigDecimal amount) {
            return overdueAmount != null && amount.compareTo(BigDecimal.valueOf(overdueAmount)) > 0;
        }
    }

    private final DecisionTables tables;

    HoldLimits(DecisionTables tables) {
        this.tables = tables;
    }

    /** @throws IllegalStateException when no row of the table is for the customer: an order is not let go unexamined */
    Limits of(Customer customer) {
        List<Map<String, Object>> rows = tables.latest(TABLE)
                .ask(Map.of(
                        "customerCode",
                        customer.code(),
                        "grade",
                        customer.grade().name()));
        if (rows.isEmpty()) {
            throw new IllegalStateException("决策表 " + TABLE + " 没有适用于客户 " + customer.code() + " 的行");
        }
        Map<String, Object> row = rows.get(0);
        return new Limits(
                number(row, "overdueDays"),
                number(row, "overdueAmount"),
                number(row, "creditLimitPercent"),
                number(row, "orderAmount"));
    }

    private static Long number(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : null;
    }
}
