package com.shunpi.returns;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;

/** One thing to be done for a return, once (T7). */
@Embeddable
class ReturnWork {

    enum Kind implements Labelled {
        REFUND("退款", true),
        EXCHANGE("换货发货", false),
        REPAIR("返修寄回", false),
        MANUFACTURER("退生产厂家", false),
        /** The replacement left in advance and the goods never came: the customer pays for it (T8). */
        CLAIM("开票追偿", true);

        private final String label;
        private final boolean finance;

        Kind(String label, boolean finance) {
            this.label = label;
            this.finance = finance;
        }

        @Override
        public String label() {
            return label;
        }

        /** Whether it is finance's (T8). */
        boolean isFinance() {
            return finance;
        }
    }

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String doneBy;
    private Instant doneAt;
    private String note;
    private int failed;

    protected ReturnWork() {}

    ReturnWork(Kind kind) {
        this.kind = kind;
    }

    void done(String actor, String note, Instant at) {
        doneBy = actor;
        doneAt = at;
        this.note = note;
    }

    /** The order that was to send the goods was cancelled or refused. */
    void failed() {
        failed++;
    }

    int attempt() {
        return failed + 1;
    }

    boolean isDone() {
        return doneAt != null;
    }

    Kind kind() {
        return kind;
    }

    String doneBy() {
        return doneBy;
    }

    Instant doneAt() {
        return doneAt;
    }

    String note() {
        return note;
    }
}
