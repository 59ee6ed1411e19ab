package com.shunpi.collection;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * An invoice that is not paid, with what was done about it. Amounts in CNY.
 *
 * @param reached the stage that it reached last; null when nothing was done yet
 * @param caseNumber the open case it is in; null when it is in none
 * @param disputed whether somebody has said that the customer disputes it, and nobody that it is settled
 * @param objection why it is left out of dunning (C7), in Chinese; null when it is not
 */
record Claim(
        String invoiceNumber,
        String customerCode,
        LocalDate invoiceDate,
        LocalDate dueDate,
        BigDecimal amount,
        BigDecimal open,
        Integer reached,
        String caseNumber,
        boolean disputed,
        String objection) {

    long daysOverdue(LocalDate day) {
        return ChronoUnit.DAYS.between(dueDate, day);
    }

    boolean isObjected() {
        return objection != null;
    }
}
