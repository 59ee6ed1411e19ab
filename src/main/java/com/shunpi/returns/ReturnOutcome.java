package com.shunpi.returns;

/** What the customer gets for a line (T7). */
enum ReturnOutcome implements Labelled {
    REFUND("退款"),
    EXCHANGE("换货"),
    REPAIR("返修");

    private final String label;

    ReturnOutcome(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
