package com.shunpi.masterdata;

import java.util.Collection;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Customers extends JpaRepository<Customer, String> {

    @Query(
            "select c from Customer c where lower(c.code) like :pattern escape '!' or lower(c.name) like :pattern escape '!'"
                    + " order by c.code")
    List<Customer> search(String pattern, Limit limit);

    @Query(value = "select code from customer where code in (:codes) order by code for update", nativeQuery = true)
    List<String> lock(Collection<String> codes);
}
