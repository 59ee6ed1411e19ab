package com.shunpi.order;

import com.shunpi.calendar.WorkingDays;
import com.shunpi.pricing.PastSales;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Past sales are the lines of released orders; what a returns case sends has no price of its own. */
@Component
class SalesOfOrders implements PastSales {

    private final JdbcClient jdbc;

    SalesOfOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, Sale> last(String customerCode, Collection<String> products) {
        Map<String, Sale> last = new HashMap<>();
        jdbc.sql("select l.product_code, o.order_number, l.unit_price, l.quantity, o.released_at"
                        + " from order_line l join sales_order o on o.order_number = l.order_number"
                        + " where o.customer_code = :customer and o.kind = 'SALE' and l.product_code in (:products)"
                        + " and o.released_at = (select max(p.released_at) from sales_order p"
                        + " join order_line k on k.order_number = p.order_number"
                        + " where p.customer_code = o.customer_code and p.kind = 'SALE'"
                        + " and k.product_code = l.product_code)"
                        + " order by o.order_number, l.line_number")
                .param("customer", customerCode)
                .param("products", products)
                .query((row, number) -> last.put(
                        row.getString(1),
                        new Sale(
                                row.getString(2),
                                row.getBigDecimal(3),
                                row.getInt(4),
                                LocalDate.ofInstant(
                                        row.getObject(5, OffsetDateTime.class).toInstant(), WorkingDays.ZONE))))
                .list();
        return last;
    }
}
