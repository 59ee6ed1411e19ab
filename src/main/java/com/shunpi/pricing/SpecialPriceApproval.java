package com.shunpi.pricing;

import com.shunpi.shared.PlainText;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.List;

/** One role's word in one step of a request's approval. */
@Embeddable
class SpecialPriceApproval {

    enum State {
        PENDING("待审批"),
        APPROVED("同意"),
        REJECTED("不批准"),
        COUNTERED("还价"),
        /** Whoever holds the role has approved these or worse terms already. */
        SKIPPED("已表态，不再问");

        private final String label;

        State(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private static final int REASONS_LENGTH = 2000;

    private int roundNumber;
    private int stepNumber;
    private String roleGroup;
    private String reasons;

    @Enumerated(EnumType.STRING)
    private State state;

    private String requester;
    private String submitter;
    private String decidedBy;
    private Instant decidedAt;
    private String comment;

    protected SpecialPriceApproval() {}

    SpecialPriceApproval(
            int roundNumber,
            int stepNumber,
            String roleGroup,
            List<String> reasons,
            String requester,
            String submitter) {
        this.roundNumber = roundNumber;
        this.stepNumber = stepNumber;
        this.roleGroup = roleGroup;
        String text = String.join("；", reasons);
        this.reasons = PlainText.shorten(text, REASONS_LENGTH);
        this.requester = requester;
        this.submitter = submitter;
        state = State.PENDING;
    }

    void decide(State state, String actor, String comment, Instant at) {
        this.state = state;
        decidedBy = actor;
        decidedAt = at;
        this.comment = comment;
    }

    boolean isPending() {
        return state == State.PENDING;
    }

    /** Whether somebody agreed here to the terms of his round, by approving them or by offering them himself. */
    boolean isAgreed() {
        return state == State.APPROVED || state == State.COUNTERED;
    }

    int roundNumber() {
        return roundNumber;
    }

    int stepNumber() {
        return stepNumber;
    }

    String role() {
        return roleGroup;
    }

    String reasons() {
        return reasons;
    }

    State state() {
        return state;
    }

    String decidedBy() {
        return decidedBy;
    }

    Instant decidedAt() {
        return decidedAt;
    }

    String comment() {
        return comment;
    }
}
