package com.shunpi.receivables;

/**
 * Receipts were kept, or an import reported that less is owed; published in its transaction, so that holds are looked at
 * again at once (N9). Once for all receipts of a transaction that name the same customer and order.
 *
 * @param orderNumber null when no order is named
 */
public record PaymentRecorded(String customerCode, String orderNumber) {}
