package com.shunpi.receivables;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Payments extends JpaRepository<Payment, String> {

    @Query("select coalesce(sum(p.amount), 0) from Payment p where p.orderNumber = :orderNumber")
    BigDecimal receivedFor(String orderNumber);

    /** Receipts on one invoice. */
    record Received(String invoiceNumber, BigDecimal amount) {}

    @Query("select new com.shunpi.receivables.Payments$Received(p.invoiceNumber, sum(p.amount)) from Payment p"
            + " where p.invoiceNumber in :invoiceNumbers group by p.invoiceNumber")
    List<Received> receivedOn(Collection<String> invoiceNumbers);
}
