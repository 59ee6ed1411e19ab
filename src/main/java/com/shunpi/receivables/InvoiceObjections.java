package com.shunpi.receivables;

import java.util.Collection;
import java.util.Map;

/**
 * Says which invoices somebody objects to, beside those marked as disputed: such an invoice is left out of dunning, it
 * alone (C7). Whoever keeps such matters offers a bean; there may be several.
 */
public interface InvoiceObjections {

    /** Why each of these invoices is objected to, in Chinese, by invoice number; the others are left out. */
    Map<String, String> of(Collection<String> invoiceNumbers);
}
