package com.shunpi.receivables;

/**
 * A receipt was kept; published in its transaction, so that holds are looked at again at once (N9).
 *
 * @param orderNumber null when the receipt names no order
 */
public record PaymentRecorded(String customerCode, String orderNumber) {}
