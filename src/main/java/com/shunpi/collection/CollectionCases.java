package com.shunpi.collection;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface CollectionCases extends JpaRepository<CollectionCase, String> {

    Optional<CollectionCase> findByOpenCustomer(String customerCode);

    List<CollectionCase> findByOpenCustomerIsNotNull();
}
