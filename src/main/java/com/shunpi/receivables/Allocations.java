package com.shunpi.receivables;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which money pays which invoice (C6): the table {@code payment_allocation}. The sums that its rows make up stand with the
 * payment and with the invoice, where a constraint keeps each within its amount.
 */
@Repository
class Allocations {

    private final JdbcTemplate jdbcTemplate;
    private final JdbcClient jdbc;
    private final Clock clock;

    /** One part of a payment on one invoice, CNY. */
    record Share(String bankReference, String invoiceNumber, BigDecimal amount) {}

    Allocations(JdbcTemplate jdbcTemplate, Clock clock) {
        this.jdbcTemplate = jdbcTemplate;
        this.jdbc = JdbcClient.create(jdbcTemplate);
        this.clock = clock;
    }

    /** Uses what a payment has left for the invoices in their order, as far as it goes. */
    static List<Share> allocate(Payment payment, Collection<Invoice> invoices) {
        List<Share> shares = new ArrayList<>();
        for (Invoice invoice : invoices) {
            BigDecimal part = payment.left().min(invoice.open());
            if (part.signum() > 0) {
                payment.use(part);
                invoice.receive(part);
                shares.add(new Share(payment.facts().bankReference(), invoice.invoiceNumber(), part));
            }
        }
        return shares;
    }

    /** Keeps shares whose payments and invoices are kept. */
    void keep(List<Share> shares) {
        jdbcTemplate.batchUpdate(
                "insert into payment_allocation (bank_reference, invoice_number, amount, allocated_at)"
                        + " values (?, ?, ?, ?)",
                shares,
                500,
                (insert, share) -> {
                    insert.setString(1, share.bankReference());
                    insert.setString(2, share.invoiceNumber());
                    insert.setBigDecimal(3, share.amount());
                    insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
                });
    }

    /** What our receipts pay of these invoices, CNY by invoice number; those without any are left out. */
    Map<String, BigDecimal> receivedOn(Collection<String> invoiceNumbers) {
        Map<String, BigDecimal> received = new HashMap<>();
        if (!invoiceNumbers.isEmpty()) {
            jdbc.sql("select invoice_number, sum(amount) from payment_allocation where invoice_number in (:numbers)"
                            + " group by invoice_number")
                    .param("numbers", invoiceNumbers)
                    .query(row -> {
                        received.put(row.getString(1), row.getBigDecimal(2));
                    });
        }
        return received;
    }
}
