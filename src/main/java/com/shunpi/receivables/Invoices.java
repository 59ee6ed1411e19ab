package com.shunpi.receivables;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Invoices extends JpaRepository<Invoice, String> {

    @Query("select i from Invoice i where i.customerCode = :customerCode and i.paid < i.amount order by i.dueDate")
    List<Invoice> openOf(String customerCode);

    Optional<Invoice> findByOrderNumber(String orderNumber);
}
