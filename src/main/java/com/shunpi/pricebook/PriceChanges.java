package com.shunpi.pricebook;

import jakarta.persistence.LockModeType;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface PriceChanges extends JpaRepository<PriceChange, String> {

    Optional<PriceChange> findByOpenKey(String openKey);

    List<PriceChange> findByStatusAndEffectiveOnLessThanEqual(PriceChange.Status status, LocalDate day);

    /** The change, for whoever comes first; others wait and see what he made of it. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select c from PriceChange c where c.changeNumber = :changeNumber")
    PriceChange lock(String changeNumber);

    List<PriceChange> findByOrderByChangeNumberDesc(Limit limit);
}
