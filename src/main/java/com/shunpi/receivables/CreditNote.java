package com.shunpi.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What was credited on an invoice again (T7). Amounts in CNY.
 *
 * @param caseNumber the return it is for
 * @param payable the part of it that was paid already: money to pay back
 * @param repaidReference the bank's reference of that; null while it was not paid back
 */
public record CreditNote(
        String creditNoteNumber,
        String invoiceNumber,
        String caseNumber,
        BigDecimal amount,
        BigDecimal payable,
        String preparedBy,
        String verifiedBy,
        String repaidReference,
        LocalDate repaidOn) {}
