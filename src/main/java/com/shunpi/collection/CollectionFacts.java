package com.shunpi.collection;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** The values a decision on a case is taken on (A1). */
final class CollectionFacts {

    private CollectionFacts() {}

    /** @param amount what is open in the case, CNY */
    static Map<String, Object> of(CollectionCase open, BigDecimal amount) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("customerCode", open.customerCode());
        facts.put("stage", String.valueOf(open.stage()));
        facts.put("amount", amount.toPlainString());
        facts.put("hold", open.isHold());
        facts.put("brokenPromises", String.valueOf(open.brokenPromises()));
        return facts;
    }

    static Map<String, Object> of(WriteOffProposal proposal) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("invoiceNumber", proposal.invoiceNumber());
        facts.put("reason", proposal.reason());
        facts.put("proposedBy", proposal.proposedBy());
        return facts;
    }
}
