package com.shunpi.decision;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;

/** A row of the book as it is read; {@link AppendOnlyDecisionLog} writes it. */
@Entity
@Immutable
@Table(name = "decision_record")
class DecisionRecord {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String caseNumber;
    private String documentNumber;
    private String process;
    private String processVersion;
    private String step;
    private String stepName;
    private String actor;
    private String onBehalfOf;
    private String choice;
    private String comment;
    private String facts;
    private Instant decidedAt;

    protected DecisionRecord() {}

    String facts() {
        return facts;
    }

    Decision toDecision(Map<String, ?> readFacts) {
        return new Decision(
                caseNumber,
                documentNumber,
                process,
                processVersion,
                step,
                stepName,
                actor,
                onBehalfOf,
                choice,
                comment,
                readFacts,
                decidedAt);
    }
}
