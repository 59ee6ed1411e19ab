package com.shunpi.collection;

import com.shunpi.shared.RefusedException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** Somebody wants to give up an invoice: finance confirms, the general manager approves, three people (C10). */
@Entity
@Table(name = "collection_write_off")
class WriteOffProposal {

    enum State {
        PROPOSED("等待财务确认"),
        CONFIRMED("等待总经理批准"),
        DONE("已核销"),
        REFUSED("未批准"),
        /** The case was closed before. */
        VOID("已作废");

        private final String label;

        State(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Version
    private Integer version;

    private String caseNumber;
    private String openCase;
    private String invoiceNumber;
    private String reason;

    @Enumerated(EnumType.STRING)
    private State state;

    private String proposedBy;
    private Instant proposedAt;
    private String confirmedBy;
    private String approvedBy;

    protected WriteOffProposal() {}

    WriteOffProposal(String caseNumber, String invoiceNumber, String reason, String proposedBy, Instant proposedAt) {
        this.caseNumber = caseNumber;
        this.invoiceNumber = invoiceNumber;
        this.reason = reason;
        this.proposedBy = proposedBy;
        this.proposedAt = proposedAt;
        openCase = caseNumber;
        state = State.PROPOSED;
    }

    void confirm(String actor) {
        must(State.PROPOSED);
        mustBeAnother(actor);
        confirmedBy = actor;
        state = State.CONFIRMED;
    }

    void approve(String actor) {
        must(State.CONFIRMED);
        mustBeAnother(actor);
        approvedBy = actor;
        state = State.DONE;
        openCase = null;
    }

    void end(State how) {
        state = how;
        openCase = null;
    }

    private void must(State wanted) {
        if (state != wanted) {
            throw RefusedException.conflict("核销申请" + state.label() + "。");
        }
    }

    private void mustBeAnother(String actor) {
        if (isParty(actor)) {
            throw RefusedException.forbidden("核销的提出、财务确认与总经理批准须由三个人办理（C10）。");
        }
    }

    /** Whether this person has had a hand in it already. */
    boolean isParty(String actor) {
        return actor.equals(proposedBy) || actor.equals(confirmedBy);
    }

    String invoiceNumber() {
        return invoiceNumber;
    }

    String caseNumber() {
        return caseNumber;
    }

    String reason() {
        return reason;
    }

    State state() {
        return state;
    }

    String proposedBy() {
        return proposedBy;
    }

    String confirmedBy() {
        return confirmedBy;
    }

    String approvedBy() {
        return approvedBy;
    }
}
