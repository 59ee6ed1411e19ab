package com.shunpi.returns;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Returns extends JpaRepository<ReturnCase, String> {

    Optional<ReturnCase> findBySourceAndExternalNumber(String source, String externalNumber);

    @Query("select r from ReturnCase r where (:orderNumber = '' or r.orderNumber = :orderNumber)"
            + " and (:customerCode = '' or r.customerCode = :customerCode)"
            + " order by r.appliedAt desc, r.returnNumber desc")
    List<ReturnCase> find(String orderNumber, String customerCode, Limit limit);

    @Query("select r from ReturnCase r where r.invoiceNumber in :invoiceNumbers and r.status not in :ended"
            + " order by r.returnNumber")
    List<ReturnCase> openOn(Collection<String> invoiceNumbers, Collection<ReturnStatus> ended);

    @Query(
            "select r from ReturnCase r where r.invoiceNumber is null and r.status not in :ended order by r.returnNumber")
    List<ReturnCase> openWithoutInvoice(Collection<ReturnStatus> ended);
}
