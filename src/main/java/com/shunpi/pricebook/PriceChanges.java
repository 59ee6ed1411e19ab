package com.shunpi.pricebook;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface PriceChanges extends JpaRepository<PriceChange, String> {

    Optional<PriceChange> findByOpenKey(String openKey);

    List<PriceChange> findByStatusAndEffectiveOnLessThanEqual(PriceChange.Status status, LocalDate day);

    List<PriceChange> findByOrderByChangeNumberDesc(Limit limit);
}
