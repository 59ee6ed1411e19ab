package com.shunpi.returns;

import com.shunpi.shared.PlainText;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;

/** One role's word in one round of a return's approval (T4). */
@Embeddable
class ReturnApproval {

    enum State implements Labelled {
        PENDING("待审批"),
        APPROVED("同意"),
        REVISED("退回修改"),
        REJECTED("不同意"),
        /** Whoever holds the role has approved the same terms already. */
        SKIPPED("已表态，不再问");

        private final String label;

        State(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }

    private static final int REASONS_LENGTH = 2000;

    private int roundNumber;
    private int stepNumber;
    private String roleGroup;
    private String reasons;
    private String termsDigest;

    @Enumerated(EnumType.STRING)
    private State state;

    private String applicant;
    private String proposer;
    private String decidedBy;
    private Instant decidedAt;
    private String comment;

    protected ReturnApproval() {}

    ReturnApproval(
            int roundNumber, int stepNumber, ApprovalStep step, String termsDigest, String applicant, String proposer) {
        this.roundNumber = roundNumber;
        this.stepNumber = stepNumber;
        this.termsDigest = termsDigest;
        this.applicant = applicant;
        this.proposer = proposer;
        roleGroup = step.role();
        reasons = shorten(String.join("；", step.reasons()));
        state = State.PENDING;
    }

    private static String shorten(String text) {
        return PlainText.shorten(text, REASONS_LENGTH);
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

    /** Whether this person has agreed here to these very terms. */
    boolean isAgreedTo(String terms) {
        return state == State.APPROVED && termsDigest.equals(terms);
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
