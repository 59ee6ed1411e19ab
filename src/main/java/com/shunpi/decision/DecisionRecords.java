package com.shunpi.decision;

import java.util.List;
import org.springframework.data.repository.Repository;

/** Offers nothing that could change or remove a record. */
interface DecisionRecords extends Repository<DecisionRecord, Long> {

    DecisionRecord save(DecisionRecord decision);

    /** By id, not by time: clocks of two servers may disagree, the order of writing does not. */
    List<DecisionRecord> findByCaseNumberOrderById(String caseNumber);
}
