package com.shunpi.collection;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface CollectionCases extends JpaRepository<CollectionCase, String> {

    @Query("select c from CollectionCase c where c.openCustomer = :customerCode")
    Optional<CollectionCase> openOf(String customerCode);

    @Query("select c from CollectionCase c where c.openCustomer in :customerCodes")
    List<CollectionCase> openOf(Collection<String> customerCodes);

    List<CollectionCase> findByOpenCustomerIsNotNull();
}
