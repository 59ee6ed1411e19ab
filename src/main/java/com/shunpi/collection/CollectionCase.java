package com.shunpi.collection;

import com.shunpi.shared.RefusedException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.LocalDate;

/**
 * What a customer has to pay and does not (C1): where its follow-up stands, who is to act, and what that means for selling
 * to him on credit (C8). Dates in Asia/Shanghai.
 */
@Entity
class CollectionCase {

    enum Status {
        OPEN("催收中"),
        /** With the lawyers; nobody calls any more. */
        LEGAL("已移交法务"),
        PAID("已结清"),
        WRITTEN_OFF("已核销结案");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    @Id
    private String caseNumber;

    @Version
    private Integer version;

    private String customerCode;
    private String openCustomer;

    @Enumerated(EnumType.STRING)
    private Status status;

    private int stage;

    @Enumerated(EnumType.STRING)
    private FollowUp step;

    private LocalDate stepSince;
    private boolean hold;
    private boolean paused;
    private int brokenPromises;
    private LocalDate restsUntil;
    private LocalDate openedOn;
    private LocalDate closedOn;

    protected CollectionCase() {}

    CollectionCase(String caseNumber, String customerCode, LocalDate day) {
        this.caseNumber = caseNumber;
        this.customerCode = customerCode;
        openCustomer = customerCode;
        status = Status.OPEN;
        step = FollowUp.NONE;
        stepSince = day;
        openedOn = day;
    }

    /**
     * The run found that an invoice reached a stage (C3). Whoever is at it already goes on, unless somebody above him is
     * wanted.
     *
     * @return whether somebody else is to act now
     */
    boolean reach(int reached, FollowUp wanted, LocalDate day) {
        mustBeOpen();
        stage = Math.max(stage, reached);
        return status == Status.OPEN && passTo(FollowUp.max(step, wanted), day);
    }

    private boolean passTo(FollowUp next, LocalDate day) {
        if (next == step) {
            return false;
        }
        step = next;
        stepSince = day;
        return true;
    }

    /** Somebody did what he was to do; refused when it is not his turn any more. */
    void followedUp(FollowUp by, FollowUp next, LocalDate day) {
        mustBeOpen();
        if (step != by) {
            throw RefusedException.conflict("案件 " + caseNumber + " 现在由" + step.label() + "跟进，请刷新。");
        }
        passTo(next, day);
    }

    /** Dunning rests until the promised day is over (C5). */
    void restUntil(LocalDate day) {
        mustBeOpen();
        restsUntil = day;
    }

    void promiseKept() {
        restsUntil = null;
    }

    /** Counts against the customer and asks somebody one level up (C5). @return whether somebody else is to act now */
    boolean promiseBroken(FollowUp wanted, LocalDate day) {
        mustBeOpen();
        restsUntil = null;
        brokenPromises++;
        return status == Status.OPEN && passTo(FollowUp.max(step, wanted), day);
    }

    /** Whether dunning rests on that day. */
    boolean rests(LocalDate day) {
        return status == Status.LEGAL || restsUntil != null && !day.isAfter(restsUntil);
    }

    /** Credit orders are held or not, as the stages of what is still open say (C8). */
    void hold(boolean wanted) {
        hold = wanted;
    }

    /** Everything that is left is objected to: nobody has to act (C7). @return whether that is new */
    boolean pause(LocalDate day) {
        boolean isNew = !paused;
        paused = true;
        passTo(FollowUp.NONE, day);
        return isNew;
    }

    /** Something may be asked for again (C7). @return whether somebody is to act now who was not before */
    boolean resume(FollowUp wanted, LocalDate day) {
        if (!paused) {
            return false;
        }
        paused = false;
        return status == Status.OPEN && passTo(FollowUp.max(step, wanted), day);
    }

    /** The general manager gives it to the lawyers (C3). */
    void toLegal() {
        mustBeOpen();
        status = Status.LEGAL;
    }

    void close(Status how, LocalDate day) {
        mustBeOpen();
        status = how;
        step = FollowUp.NONE;
        openCustomer = null;
        restsUntil = null;
        hold = false;
        closedOn = day;
    }

    private void mustBeOpen() {
        if (!isOpen()) {
            throw RefusedException.conflict("案件 " + caseNumber + status.label() + "。");
        }
    }

    boolean isOpen() {
        return openCustomer != null;
    }

    /** Whether nothing more is to be sold to the customer on credit (C8). */
    boolean concerns() {
        return isOpen() && (hold || brokenPromises > 0);
    }

    String caseNumber() {
        return caseNumber;
    }

    String customerCode() {
        return customerCode;
    }

    Status status() {
        return status;
    }

    int stage() {
        return stage;
    }

    FollowUp step() {
        return step;
    }

    LocalDate stepSince() {
        return stepSince;
    }

    boolean isHold() {
        return hold;
    }

    int brokenPromises() {
        return brokenPromises;
    }

    /** The promised day; null when nothing is promised. */
    LocalDate restsUntil() {
        return restsUntil;
    }

    LocalDate openedOn() {
        return openedOn;
    }

    LocalDate closedOn() {
        return closedOn;
    }
}
