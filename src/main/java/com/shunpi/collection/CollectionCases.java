package com.shunpi.collection;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface CollectionCases extends JpaRepository<CollectionCase, String> {

    Optional<CollectionCase> findByOpenCustomer(String customerCode);

    List<CollectionCase> findByOpenCustomerIn(Collection<String> customerCodes);

    List<CollectionCase> findByOpenCustomerIsNotNull();
}
