package com.shunpi.order;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What customers have ordered and were not billed for (F2), as it is in the table. By JDBC: it is asked for each order. */
@Repository
class UnbilledOrders {

    private static final String BEFORE = "select customer_code, sum(amount) from sales_order"
            + " where customer_code in (:customers) and invoiced_at is null and order_number <> :orderNumber"
            + " and (status in ('RELEASED', 'SHIPPED') or status in (:line) and (received_at < :receivedAt"
            + " or received_at = :receivedAt and order_number < :orderNumber)) group by customer_code";

    private final JdbcClient jdbc;

    UnbilledOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Value of each customer's orders that are not billed yet, CNY: those released, and those in line before the one in
     * question (first come, first served on credit). Customers without any are left out. One statement at most.
     */
    Map<String, BigDecimal> before(Collection<String> customers, Order order) {
        Map<String, BigDecimal> unbilled = new HashMap<>();
        if (!customers.isEmpty()) {
            jdbc.sql(BEFORE)
                    .param("customers", customers)
                    .param("orderNumber", order.orderNumber())
                    .param(
                            "line",
                            OrderStatus.IN_LINE.stream().map(OrderStatus::name).toList())
                    .param("receivedAt", order.receivedAt().atOffset(ZoneOffset.UTC))
                    .query(row -> {
                        unbilled.put(row.getString(1), row.getBigDecimal(2));
                    });
        }
        return unbilled;
    }
}
