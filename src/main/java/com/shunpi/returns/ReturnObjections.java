package com.shunpi.returns;

import com.shunpi.receivables.InvoiceObjections;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An open return takes its invoice out of dunning, it alone (C7, N9). */
@Component
class ReturnObjections implements InvoiceObjections {

    private final Returns returns;

    ReturnObjections(Returns returns) {
        this.returns = returns;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> of(Collection<String> invoiceNumbers) {
        return invoiceNumbers.isEmpty()
                ? Map.of()
                : returns.openOn(invoiceNumbers, ReturnStatus.ENDED).stream()
                        .collect(Collectors.toMap(
                                ReturnCase::invoiceNumber,
                                returned -> "退换货 " + returned.returnNumber() + " 办理中（"
                                        + returned.reason().label() + "）",
                                (one, other) -> one + "；" + other));
    }
}
