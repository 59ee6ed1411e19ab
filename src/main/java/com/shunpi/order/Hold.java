package com.shunpi.order;

import com.shunpi.shared.PlainText;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.time.LocalDate;

/** One reason that holds an order, and who let the order go in spite of it (F1, F3). */
@Embeddable
class Hold {

    static final int DETAIL_LENGTH = 2000;

    private String detail;
    private Instant since;
    private String releasedBy;
    private String releaseReason;
    private LocalDate reviewOn;

    protected Hold() {}

    Hold(String detail, Instant since) {
        describe(detail);
        this.since = since;
    }

    void describe(String detail) {
        this.detail = PlainText.shorten(detail, DETAIL_LENGTH);
    }

    /** @param reviewOn the last day on which the release counts */
    void release(String actor, String reason, LocalDate reviewOn) {
        releasedBy = actor;
        releaseReason = reason;
        this.reviewOn = reviewOn;
    }

    void reinstate() {
        releasedBy = null;
        releaseReason = null;
        reviewOn = null;
    }

    boolean isReleased() {
        return releasedBy != null;
    }

    boolean isDueForReview(LocalDate today) {
        return reviewOn != null && today.isAfter(reviewOn);
    }

    String detail() {
        return detail;
    }

    Instant since() {
        return since;
    }

    String releasedBy() {
        return releasedBy;
    }

    String releaseReason() {
        return releaseReason;
    }

    LocalDate reviewOn() {
        return reviewOn;
    }
}
