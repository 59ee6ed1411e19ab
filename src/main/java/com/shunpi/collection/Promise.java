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
import java.math.BigDecimal;
import java.time.LocalDate;

/** What a customer promised to pay, and whether he did (C5). The last one of a case counts. Amounts in CNY. */
@Entity
@Table(name = "collection_promise")
class Promise {

    enum State {
        OPEN("未到期"),
        KEPT("已兑现"),
        BROKEN("未兑现"),
        /** He promised something else before. */
        REPLACED("已改期");

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
    private LocalDate madeOn;
    private LocalDate promisedOn;
    private BigDecimal amount;
    private BigDecimal paidBefore;

    @Enumerated(EnumType.STRING)
    private State state;

    private LocalDate settledOn;
    private String recordedBy;

    protected Promise() {}

    /** @param paidBefore what the case's invoices had received by then, CNY */
    Promise(
            String caseNumber,
            LocalDate madeOn,
            LocalDate promisedOn,
            BigDecimal amount,
            BigDecimal paidBefore,
            String recordedBy) {
        if (promisedOn.isBefore(madeOn)) {
            throw RefusedException.invalid("promisedOn", "承诺日期不能早于今天。");
        }
        this.caseNumber = caseNumber;
        this.madeOn = madeOn;
        this.promisedOn = promisedOn;
        this.amount = amount;
        this.paidBefore = paidBefore;
        this.recordedBy = recordedBy;
        openCase = caseNumber;
        state = State.OPEN;
    }

    /** Whether what came in since is what was promised. */
    boolean isMetBy(BigDecimal paid) {
        return paid.subtract(paidBefore).compareTo(amount) >= 0;
    }

    void settle(State how, LocalDate day) {
        if (state != State.OPEN) {
            throw new IllegalStateException("Promise " + id + " is " + state);
        }
        state = how;
        settledOn = day;
        openCase = null;
    }

    String caseNumber() {
        return caseNumber;
    }

    LocalDate madeOn() {
        return madeOn;
    }

    LocalDate promisedOn() {
        return promisedOn;
    }

    BigDecimal amount() {
        return amount;
    }

    State state() {
        return state;
    }

    LocalDate settledOn() {
        return settledOn;
    }
}
