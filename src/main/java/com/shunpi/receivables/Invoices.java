package com.shunpi.receivables;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface Invoices extends JpaRepository<Invoice, String> {

    @Query(
            "select i from Invoice i where i.customerCode = :customerCode and i.paid + i.credited < i.amount order by i.dueDate")
    List<Invoice> openOf(String customerCode);

    /** These invoices, by number; whoever else wants to book on one of them waits. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select i from Invoice i where i.invoiceNumber in :numbers order by i.invoiceNumber")
    List<Invoice> lock(Collection<String> numbers);

    Optional<Invoice> findByOrderNumber(String orderNumber);
}
