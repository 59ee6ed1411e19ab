package com.shunpi.returns;

/** Who bears a cost, or whose fault it was (T3). */
enum CostBearer implements Labelled {
    COMPANY("我方"),
    CUSTOMER("客户"),
    CARRIER("承运商"),
    MANUFACTURER("生产厂家"),
    /** There is no such cost. */
    NONE("不涉及");

    private final String label;

    CostBearer(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
