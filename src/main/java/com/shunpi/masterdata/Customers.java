package com.shunpi.masterdata;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Customers extends JpaRepository<Customer, String> {

    @Query(value = "select code from customer where code = :code for update", nativeQuery = true)
    String lock(String code);
}
