package com.shunpi.order;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Register of what is missing (R3): per order and product, with the promised date. */
@Component
class Shortages {

    /** Open shortages of one product added up into one production request (R3). */
    record ProductionRequest(String productCode, int quantity, int orders, LocalDate earliestPromise) {}

    private final JdbcClient jdbc;

    Shortages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void register(String orderNumber, Map<String, Integer> missing, LocalDate promised, Instant now) {
        clear(orderNumber);
        missing.forEach((product, quantity) -> jdbc.sql(
                        "insert into shortage (order_number, product_code, quantity, promised_date, registered_at)"
                                + " values (?, ?, ?, ?, ?)")
                .params(orderNumber, product, quantity, promised, OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update());
    }

    /** Units missing for an order, by product code. */
    Map<String, Integer> of(String orderNumber) {
        return jdbc
                .sql("select product_code, quantity from shortage where order_number = ? order by product_code")
                .param(orderNumber)
                .query((rs, row) -> Map.entry(rs.getString(1), rs.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void clear(String orderNumber) {
        jdbc.sql("delete from shortage where order_number = ?")
                .param(orderNumber)
                .update();
    }

    /** The orders that wait for one of these products: priority orders first, then by grade, then by time (R3, R12). */
    List<String> waitingFor(Collection<String> products) {
        return jdbc.sql("select o.order_number from sales_order o join customer c on c.code = o.customer_code"
                        + " where o.order_number in (select order_number from shortage where product_code in (:products))"
                        + " order by case when o.urgent and c.grade = 'A' then 0 else 1 end, c.grade, o.ordered_at,"
                        + " o.order_number")
                .param("products", products)
                .query(String.class)
                .list();
    }

    /** One request per product over all open shortages. */
    List<ProductionRequest> productionRequests() {
        return jdbc.sql("select product_code, sum(quantity), count(*), min(promised_date) from shortage"
                        + " group by product_code order by min(promised_date), product_code")
                .query((rs, row) -> new ProductionRequest(
                        rs.getString(1), rs.getInt(2), rs.getInt(3), rs.getObject(4, LocalDate.class)))
                .list();
    }
}
