package com.shunpi.receivables;

/**
 * An objection to a customer's invoices, or a concern about his credit, came or went ({@link InvoiceObjections}, {@link
 * CreditConcerns}); published in the transaction that made it so, so that orders on hold and collection cases are looked at
 * again at once (N9).
 */
public record CustomerStandingChanged(String customerCode) {}
