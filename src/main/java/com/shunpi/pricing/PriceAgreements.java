package com.shunpi.pricing;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The ledger of agreed special prices (P5, N2): a floor price, a quantity and a period, drawn down by orders. Every draw is
 * one guarded UPDATE, so that two orders never overdraw an agreement together, and one entry that says who drew what for
 * which document. An agreement ends by itself on its last day.
 */
@Component
class PriceAgreements {

    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final String COLUMNS = "select a.id, a.request_number, a.customer_code, c.name, c.grade,"
            + " a.product_code, a.floor_price, a.quantity, a.drawn, a.valid_from, a.valid_to, r.expected_volume"
            + " from price_agreement a join customer c on c.code = a.customer_code"
            + " join special_price_request r on r.request_number = a.request_number ";

    /**
     * An agreement and what is drawn of it.
     *
     * @param expectedVolume what its request promised, units; null when nothing was promised
     */
    record Agreement(
            long id,
            String requestNumber,
            String customerCode,
            String customerName,
            String grade,
            String productCode,
            BigDecimal floorPrice,
            int quantity,
            int drawn,
            LocalDate validFrom,
            LocalDate validTo,
            Integer expectedVolume) {

        int remaining() {
            return quantity - drawn;
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    PriceAgreements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    LocalDate today() {
        return LocalDate.now(clock.withZone(SHANGHAI));
    }

    void add(String requestNumber, String customerCode, PricedLine line, LocalDate from, LocalDate to) {
        jdbc.sql("insert into price_agreement (request_number, customer_code, product_code, floor_price, quantity,"
                        + " drawn, valid_from, valid_to) values (?, ?, ?, ?, ?, 0, ?, ?)")
                .params(requestNumber, customerCode, line.productCode(), line.askedPrice(), line.quantity(), from, to)
                .update();
    }

    /** What a customer may still buy at agreed prices today, the dearest floor first. */
    List<Agreement> valid(String customerCode, Collection<String> products) {
        return jdbc.sql(COLUMNS + "where a.customer_code = :customer and a.product_code in (:products)"
                        + " and :on between a.valid_from and a.valid_to and a.drawn < a.quantity"
                        + " order by a.floor_price desc, a.valid_to, a.id")
                .param("customer", customerCode)
                .param("products", products)
                .param("on", today())
                .query(PriceAgreements::agreement)
                .list();
    }

    /** What others of the same class buy one of the products at, today (P7). */
    List<Agreement> ofClass(String grade, String exceptCustomer, Collection<String> products) {
        return jdbc.sql(COLUMNS + "where c.grade = :grade and a.customer_code <> :customer"
                        + " and a.product_code in (:products) and :on between a.valid_from and a.valid_to"
                        + " and a.drawn < a.quantity order by a.floor_price, a.id")
                .param("grade", grade)
                .param("customer", exceptCustomer)
                .param("products", products)
                .param("on", today())
                .query(PriceAgreements::agreement)
                .list();
    }

    /** All agreements, running or not, of a customer and for a product; null for any. The latest first, at most 500. */
    List<Agreement> find(String customerCode, String productCode) {
        return jdbc.sql(COLUMNS + "where (cast(:customer as varchar(40)) is null or a.customer_code = :customer)"
                        + " and (cast(:product as varchar(40)) is null or a.product_code = :product)"
                        + " order by a.valid_to desc, a.id desc fetch first 500 rows only")
                .param("customer", customerCode)
                .param("product", productCode)
                .query(PriceAgreements::agreement)
                .list();
    }

    private static Agreement agreement(ResultSet row, int number) throws SQLException {
        return new Agreement(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getBigDecimal(7),
                row.getInt(8),
                row.getInt(9),
                row.getObject(10, LocalDate.class),
                row.getObject(11, LocalDate.class),
                row.getObject(12, Integer.class));
    }

    /** @return false when somebody else has drawn it meanwhile */
    boolean draw(long id, String documentNumber, int quantity, String actor) {
        int rows = jdbc.sql("update price_agreement set drawn = drawn + :quantity"
                        + " where id = :id and quantity - drawn >= :quantity")
                .param("quantity", quantity)
                .param("id", id)
                .update();
        if (rows == 0) {
            return false;
        }
        enter(id, documentNumber, quantity, null, actor);
        return true;
    }

    /**
     * Gives back what an order drew and its customer returned (N2), to the agreement with the lowest price first: never more
     * than the order has still drawn of it. What was sold without an agreement gives nothing back.
     *
     * @param quantities returned units by product code
     * @param caseNumber the returns case
     */
    void giveBack(String orderNumber, Map<String, Integer> quantities, String caseNumber, String actor) {
        if (quantities.isEmpty()) {
            return;
        }
        Map<String, Integer> left = new HashMap<>(quantities);
        // locked before the sums are read: two cases of one order do not give the same unit back twice
        List<Map.Entry<Long, String>> drawn = jdbc.sql("select id, product_code from price_agreement"
                        + " where product_code in (:products) and id in"
                        + " (select agreement_id from price_agreement_entry where document_number = :order)"
                        + " order by floor_price, id for update")
                .param("products", quantities.keySet())
                .param("order", orderNumber)
                .query((row, number) -> Map.entry(row.getLong(1), row.getString(2)))
                .list();
        Map<Long, Integer> still = jdbc
                .sql("select agreement_id, sum(quantity) from price_agreement_entry where document_number = :order"
                        + " group by agreement_id")
                .param("order", orderNumber)
                .query((row, number) -> Map.entry(row.getLong(1), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        for (Map.Entry<Long, String> agreement : drawn) {
            int back = Math.min(left.get(agreement.getValue()), still.get(agreement.getKey()));
            if (back > 0) {
                left.merge(agreement.getValue(), -back, Integer::sum);
                jdbc.sql("update price_agreement set drawn = drawn - ? where id = ?")
                        .params(back, agreement.getKey())
                        .update();
                enter(agreement.getKey(), orderNumber, -back, caseNumber, actor);
            }
        }
    }

    private void enter(long id, String documentNumber, int quantity, String caseNumber, String actor) {
        jdbc.sql("insert into price_agreement_entry (agreement_id, document_number, quantity, case_number, actor,"
                        + " entered_at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        documentNumber,
                        quantity,
                        caseNumber,
                        actor,
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }

    /**
     * An entry of the ledger: a positive quantity was drawn, a negative one came back.
     *
     * @param caseNumber the returns case that brought it back; null for a draw
     */
    record Entry(
            long agreementId,
            String documentNumber,
            int quantity,
            String caseNumber,
            String actor,
            OffsetDateTime at) {}

    List<Entry> entries(Collection<Long> agreements) {
        if (agreements.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(
                        "select agreement_id, document_number, quantity, case_number, actor, entered_at from price_agreement_entry"
                                + " where agreement_id in (:ids) order by id")
                .param("ids", agreements)
                .query((row, number) -> new Entry(
                        row.getLong(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, OffsetDateTime.class)))
                .list();
    }
}
