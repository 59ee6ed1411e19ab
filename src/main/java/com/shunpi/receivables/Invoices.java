package com.shunpi.receivables;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface Invoices extends JpaRepository<Invoice, String> {

    /** These invoices, by number; whoever else wants to book on one of them waits. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select i from Invoice i where i.invoiceNumber in :numbers order by i.invoiceNumber")
    List<Invoice> lock(Collection<String> numbers);

    /** What these customers owe, disputed invoices left out, oldest due date first (C6); locked. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            "select i from Invoice i where i.customerCode in :customers and i.paid + i.credited + i.writtenOff < i.amount"
                    + " and i.disputed = false order by i.dueDate, i.invoiceNumber")
    List<Invoice> lockPayable(Collection<String> customers);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select i from Invoice i where i.orderNumber in :orderNumbers order by i.invoiceNumber")
    List<Invoice> lockOf(Collection<String> orderNumbers);

    Optional<Invoice> findByOrderNumber(String orderNumber);
}
