package com.shunpi.decision;

import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Offers nothing that could change or remove a record. */
interface DecisionRecords extends Repository<DecisionRecord, Long> {

    /** By id, not by time: clocks of two servers may disagree, the order of writing does not. */
    @Query("select r from DecisionRecord r where r.caseNumber = :number or r.documentNumber = :number order by r.id")
    List<DecisionRecord> about(String number);
}
