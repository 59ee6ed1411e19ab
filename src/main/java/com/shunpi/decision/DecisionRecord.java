package com.shunpi.decision;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;

/** A row of the book: written once, then only read. */
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

    DecisionRecord(Decision decision, String facts) {
        caseNumber = decision.caseNumber();
        documentNumber = decision.documentNumber();
        process = decision.process();
        processVersion = decision.processVersion();
        step = decision.step();
        stepName = decision.stepName();
        actor = decision.actor();
        onBehalfOf = decision.onBehalfOf();
        choice = decision.choice();
        comment = decision.comment();
        this.facts = facts;
        decidedAt = decision.at();
    }

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
