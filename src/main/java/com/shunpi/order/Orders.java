package com.shunpi.order;

import java.math.BigDecimal;
import java.time.Instant;
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

    /** @param amount CNY */
    record Unbilled(String customerCode, BigDecimal amount) {}

    /** Who ordered. */
    record Ordered(String orderNumber, String customerCode) {}

    @Query("select o.orderNumber, o.customerCode from Order o where o.orderNumber in :orderNumbers")
    List<Ordered> customersOf(Collection<String> orderNumbers);

    /**
     * Value of each customer's orders that are not billed yet: those released, and those in line before the one in question
     * (first come, first served on credit; F2). Customers without any are left out.
     *
     * @param line {@link OrderStatus#IN_LINE}
     */
    @Query("""
            select o.customerCode, sum(o.amount) from Order o
            where o.customerCode in :customers and o.invoicedAt is null and o.orderNumber <> :orderNumber
              and (o.status in (RELEASED, SHIPPED)
                   or o.status in :line
                      and (o.receivedAt < :receivedAt
                           or o.receivedAt = :receivedAt and o.orderNumber < :orderNumber))
            group by o.customerCode
            """)
    List<Unbilled> unbilledBefore(
            Collection<String> customers, Collection<OrderStatus> line, String orderNumber, Instant receivedAt);

    @Query("select o.orderNumber from Order o where o.customerCode = :customerCode and o.status = HELD")
    List<String> heldOf(String customerCode);
}
