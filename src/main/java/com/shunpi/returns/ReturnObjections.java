package com.shunpi.returns;

import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.InvoiceObjections;
import com.shunpi.receivables.Receivables;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An open return takes its invoice out of dunning, it alone (C7, N9). */
@Component
class ReturnObjections implements InvoiceObjections {

    private final Returns returns;
    private final Receivables receivables;

    ReturnObjections(Returns returns, Receivables receivables) {
        this.returns = returns;
        this.receivables = receivables;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> of(Collection<String> invoiceNumbers) {
        Map<String, String> objections = new TreeMap<>();
        if (!invoiceNumbers.isEmpty()) {
            returns.openOn(invoiceNumbers, ReturnStatus.ENDED)
                    .forEach(returned -> object(objections, returned.invoiceNumber(), returned));
            // what was applied for before it was invoiced; there are few
            Set<String> asked = Set.copyOf(invoiceNumbers);
            returns.openWithoutInvoice(ReturnStatus.ENDED)
                    .forEach(returned -> invoiceOf(returned)
                            .filter(asked::contains)
                            .ifPresent(invoice -> object(objections, invoice, returned)));
        }
        return objections;
    }

    private Optional<String> invoiceOf(ReturnCase returned) {
        return receivables.invoiceOf(returned.orderNumber()).map(Invoice::invoiceNumber);
    }

    private static void object(Map<String, String> objections, String invoice, ReturnCase returned) {
        String reason =
                "退换货 " + returned.returnNumber() + " 办理中（" + returned.reason().label() + "）";
        objections.merge(invoice, reason, (one, other) -> one + "；" + other);
    }
}
