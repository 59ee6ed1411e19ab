package com.shunpi.pricing;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface SpecialPriceRequests extends JpaRepository<SpecialPriceRequest, String> {

    List<SpecialPriceRequest> findByOrderNumber(String orderNumber);
}
