package com.shunpi.receivables;

/**
 * A claim that is given up (C10).
 *
 * @param caseNumber the collection case in which it was proposed
 * @param confirmedBy who said so for finance
 * @param approvedBy who said so as general manager
 */
public record WriteOff(
        String invoiceNumber,
        String caseNumber,
        String reason,
        String proposedBy,
        String confirmedBy,
        String approvedBy) {}
