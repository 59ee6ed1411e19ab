package com.shunpi.receivables;

import java.math.BigDecimal;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Payments extends JpaRepository<Payment, String> {

    @Query("select coalesce(sum(p.amount), 0) from Payment p where p.orderNumber = :orderNumber")
    BigDecimal receivedFor(String orderNumber);
}
