package com.shunpi.pricing;

import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.RunningPromotions;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Granted promotions (P8): prices for a period, and a budget of discount that released orders draw down. As with
 * agreements a draw is one guarded UPDATE.
 */
@Component
class Promotions implements RunningPromotions {

    private final JdbcClient jdbc;
    private final Clock clock;

    Promotions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(SpecialPriceRequest request) {
        jdbc.sql("insert into promotion (request_number, budget, used, valid_from, valid_to) values (?, ?, 0, ?, ?)")
                .params(request.requestNumber(), request.budget(), request.validFrom(), request.validTo())
                .update();
        for (PricedLine line : request.lines()) {
            jdbc.sql("insert into promotion_price (request_number, product_code, price) values (?, ?, ?)")
                    .params(request.requestNumber(), line.productCode(), line.askedPrice())
                    .update();
        }
    }

    @Override
    public Optional<Promotion> lowest(Grade grade, String productCode) {
        return jdbc.sql("select p.request_number, l.price, p.budget - p.used from promotion_price l"
                        + " join promotion p on p.request_number = l.request_number"
                        + " join special_price_grade g on g.request_number = p.request_number"
                        + " where l.product_code = :product and g.grade = :grade and p.used < p.budget"
                        + " and :today between p.valid_from and p.valid_to"
                        + " order by l.price, p.request_number fetch first row only")
                .param("product", productCode)
                .param("grade", grade.name())
                .param("today", LocalDate.now(clock.withZone(PriceAgreements.SHANGHAI)))
                .query((row, number) -> new Promotion(row.getString(1), row.getBigDecimal(2), row.getBigDecimal(3)))
                .optional();
    }

    /** @return false when what is left of the budget is less, by now */
    boolean draw(String requestNumber, String documentNumber, BigDecimal amount, String actor) {
        int rows = jdbc.sql("update promotion set used = used + :amount"
                        + " where request_number = :number and budget - used >= :amount")
                .param("amount", amount)
                .param("number", requestNumber)
                .update();
        if (rows == 0) {
            return false;
        }
        jdbc.sql("insert into promotion_entry (request_number, document_number, amount, actor, entered_at)"
                        + " values (?, ?, ?, ?, ?)")
                .params(
                        requestNumber,
                        documentNumber,
                        amount,
                        actor,
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        return true;
    }
}
