package com.shunpi.verification;

import com.shunpi.workflow.Groups;
import java.util.List;

/** What can be verified, and which groups may (R7). */
public enum DocumentType {
    ORDER_RELEASE("订单放行", List.of(Groups.SALES_ASSISTANT, Groups.SALES_MANAGER)),
    INVOICE("发票", List.of(Groups.FINANCE));

    private final String label;
    private final List<String> verifiers;

    DocumentType(String label, List<String> verifiers) {
        this.label = label;
        this.verifiers = verifiers;
    }

    public String label() {
        return label;
    }

    List<String> verifiers() {
        return verifiers;
    }
}
