package com.shunpi.pricing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface SpecialPriceRequests extends JpaRepository<SpecialPriceRequest, String> {

    List<SpecialPriceRequest> findByOrderNumber(String orderNumber);

    Optional<SpecialPriceRequest> findByOpenOrder(String orderNumber);

    /** The requests of orders that wait for what is decided on this one. */
    List<SpecialPriceRequest> findByJoinedRequestAndWaitingTrue(String requestNumber);

    /** What a customer has asked for, from today on, and nobody has decided yet; the oldest first. */
    @Query("select r from SpecialPriceRequest r where r.kind = CUSTOMER and r.customerCode = :customerCode"
            + " and r.status in (OPEN, OFFERED, QUESTIONED) and :today between r.validFrom and r.validTo"
            + " order by r.requestNumber")
    List<SpecialPriceRequest> pendingOf(String customerCode, LocalDate today);
}
