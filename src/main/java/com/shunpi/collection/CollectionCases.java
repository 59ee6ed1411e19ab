package com.shunpi.collection;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface CollectionCases extends JpaRepository<CollectionCase, String> {

    @Query("select c from CollectionCase c where c.openCustomer = :customerCode")
    Optional<CollectionCase> openOf(String customerCode);

    List<CollectionCase> findByOpenCustomerIsNotNull();
}
