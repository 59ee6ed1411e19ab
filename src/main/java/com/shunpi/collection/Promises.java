package com.shunpi.collection;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Promises extends JpaRepository<Promise, Long> {

    Optional<Promise> findByOpenCase(String caseNumber);

    List<Promise> findByOpenCaseIsNotNull();

    @Query("select p from Promise p where p.caseNumber in"
            + " (select c.caseNumber from CollectionCase c where c.customerCode = :customerCode) order by p.id desc")
    List<Promise> ofCustomer(String customerCode);
}
