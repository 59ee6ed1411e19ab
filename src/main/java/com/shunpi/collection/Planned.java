package com.shunpi.collection;

import com.shunpi.collection.Stages.Letter;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a run would do about one invoice on one day: a letter, a task, or both (C2, C3).
 *
 * @param stage {@link #BEFORE_DUE}, or the number in the table
 * @param amount what is open of the invoice, CNY
 */
record Planned(
        String invoiceNumber,
        String customerCode,
        int stage,
        String label,
        long daysOverdue,
        BigDecimal amount,
        Letter letter,
        FollowUp followUp,
        boolean hold) {

    static final int BEFORE_DUE = 0;

    boolean isBeforeDue() {
        return stage == BEFORE_DUE;
    }

    /** The mail that tells of it, one for all invoices of a customer on a day; null when there is none (A7). */
    String mailEvent(LocalDate day) {
        if (isBeforeDue()) {
            return event(customerCode, "reminder", day);
        }
        return letter == Letter.NONE ? null : event(customerCode, letter.name().toLowerCase(), day);
    }

    static String event(String customerCode, String kind, LocalDate day) {
        return "collection/" + customerCode + "/" + kind + "/" + day;
    }
}
