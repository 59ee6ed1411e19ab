package com.shunpi.order;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Orders extends JpaRepository<Order, String> {

    @Query("select count(*) > 0 from Order o where o.source = :source and o.externalNumber = :externalNumber")
    boolean exists(String source, String externalNumber);

    @Query("select o from Order o left join fetch o.lines left join fetch o.holds"
            + " where o.source = :source and o.externalNumber = :externalNumber")
    Optional<Order> findBySourceAndExternalNumber(String source, String externalNumber);

    @Query("select o from Order o left join fetch o.lines left join fetch o.holds"
            + " where o.source in :sources and o.externalNumber in :externalNumbers")
    List<Order> findBySourceInAndExternalNumberIn(Collection<String> sources, Collection<String> externalNumbers);

    /** Who ordered. */
    record Ordered(String orderNumber, String customerCode) {}

    @Query("select o.orderNumber, o.customerCode from Order o where o.orderNumber in :orderNumbers")
    List<Ordered> customersOf(Collection<String> orderNumbers);

    @Query("select o.orderNumber from Order o where o.customerCode = :customerCode and o.status = HELD")
    List<String> heldOf(String customerCode);
}
