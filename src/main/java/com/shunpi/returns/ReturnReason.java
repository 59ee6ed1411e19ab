package com.shunpi.returns;

/** Why goods come back. Only the first three are a reason to take them (T2). */
enum ReturnReason implements Labelled {
    QUALITY("质量问题", true),
    WRONG_DELIVERY("发错货", true),
    TRANSPORT_DAMAGE("运输损坏", true),
    ORDERED_WRONG("客户订错", false),
    NOT_WANTED("客户不要了", false),
    OTHER("其他原因", false);

    private final String label;
    private final boolean fault;

    ReturnReason(String label, boolean fault) {
        this.label = label;
        this.fault = fault;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it is a quality fault, a wrong delivery or transport damage. */
    boolean isFault() {
        return fault;
    }
}
