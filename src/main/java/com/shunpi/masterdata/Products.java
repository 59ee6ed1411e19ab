package com.shunpi.masterdata;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Products extends JpaRepository<Product, String> {

    @Query(
            "select p from Product p where lower(p.code) like :pattern escape '!' or lower(p.name) like :pattern escape '!'"
                    + " or lower(p.model) like :pattern escape '!' order by p.code")
    List<Product> search(String pattern, Limit limit);
}
