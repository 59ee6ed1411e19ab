package com.shunpi.receivables;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Payments extends JpaRepository<Payment, String> {

    /** @param amount CNY */
    record Received(String orderNumber, BigDecimal amount) {}

    @Query(
            "select p.orderNumber, sum(p.amount) from Payment p where p.orderNumber in :orderNumbers group by p.orderNumber")
    List<Received> receivedFor(Collection<String> orderNumbers);

    /** Money of these customers that no invoice has used: named for none, or for an order that is billed (C6). */
    @Query("select p from Payment p where p.customerCode in :customers and p.allocated < p.amount and (p.orderNumber is"
            + " null or exists (select 1 from Invoice i where i.orderNumber = p.orderNumber))"
            + " order by p.receivedOn, p.bankReference")
    List<Payment> unused(Collection<String> customers);

    @Query("select p from Payment p where p.orderNumber = :orderNumber and p.allocated < p.amount"
            + " order by p.receivedOn, p.bankReference")
    List<Payment> unusedFor(String orderNumber);
}
