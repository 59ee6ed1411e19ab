package com.shunpi.returns;

/** What technical says of returned goods (T5). */
enum Verdict implements Labelled {
    CONFIRMED("故障属实"),
    NOT_CONFIRMED("未见故障"),
    CUSTOMER_CAUSED("客户原因");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
