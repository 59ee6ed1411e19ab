package com.shunpi.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The ledger of agreed special prices (P5): a floor price, a quantity and a period, drawn down by orders. Every draw is
 * one guarded UPDATE, so that two orders never overdraw an agreement together.
 */
@Component
class PriceAgreements {

    record Agreement(long id, String productCode, BigDecimal floorPrice, int remaining) {}

    private final JdbcClient jdbc;

    PriceAgreements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(String requestNumber, String customerCode, PricedLine line, LocalDate from, LocalDate to) {
        jdbc.sql("insert into price_agreement (request_number, customer_code, product_code, floor_price, quantity,"
                        + " drawn, valid_from, valid_to) values (?, ?, ?, ?, ?, 0, ?, ?)")
                .params(requestNumber, customerCode, line.productCode(), line.askedPrice(), line.quantity(), from, to)
                .update();
    }

    /** What a customer may still buy at agreed prices on a day, the dearest floor first. */
    List<Agreement> valid(String customerCode, Collection<String> products, LocalDate on) {
        return jdbc.sql("select id, product_code, floor_price, quantity - drawn from price_agreement"
                        + " where customer_code = :customer and product_code in (:products)"
                        + " and :on between valid_from and valid_to and drawn < quantity"
                        + " order by floor_price desc, valid_to, id")
                .param("customer", customerCode)
                .param("products", products)
                .param("on", on)
                .query((rs, row) -> new Agreement(rs.getLong(1), rs.getString(2), rs.getBigDecimal(3), rs.getInt(4)))
                .list();
    }

    /** @return false when somebody else has drawn it meanwhile */
    boolean draw(long id, String orderNumber, int quantity) {
        int rows = jdbc.sql("update price_agreement set drawn = drawn + :quantity"
                        + " where id = :id and quantity - drawn >= :quantity")
                .param("quantity", quantity)
                .param("id", id)
                .update();
        if (rows == 0) {
            return false;
        }
        int known = jdbc.sql("update price_agreement_draw set quantity = quantity + :quantity"
                        + " where agreement_id = :id and order_number = :order")
                .param("quantity", quantity)
                .param("id", id)
                .param("order", orderNumber)
                .update();
        if (known == 0) {
            jdbc.sql("insert into price_agreement_draw (agreement_id, order_number, quantity) values (?, ?, ?)")
                    .params(id, orderNumber, quantity)
                    .update();
        }
        return true;
    }
}
