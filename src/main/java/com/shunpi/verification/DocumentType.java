package com.shunpi.verification;

import java.util.Locale;

/** What can be verified (R7). */
public enum DocumentType {
    ORDER_RELEASE("订单放行"),
    INVOICE("发票");

    private final String label;

    DocumentType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The answer the diagram's gateway reads, e.g. {@code order-release}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
