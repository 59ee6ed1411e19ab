package com.shunpi.order;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where an order stands, and where it may go from there. */
public enum OrderStatus {
    IN_REVIEW("审核中"),
    RETURNED("待补正"),
    HELD("冻结"),
    RELEASED("已放行"),
    SHIPPED("已发货"),
    ARCHIVED("已归档"),
    REJECTED("已拒绝"),
    CANCELLED("已取消");

    /** Still open to change and cancellation by the customer (R11). */
    static final Set<OrderStatus> BEFORE_RELEASE = EnumSet.of(IN_REVIEW, RETURNED, HELD);

    /** Uses the customer's credit in the order of receipt (ADR 0005): not sent back, and not released yet. */
    static final Set<OrderStatus> IN_LINE = EnumSet.of(IN_REVIEW, HELD);

    private final String label;

    OrderStatus(String label) {
        this.label = label;
    }

    boolean mayBecome(OrderStatus next) {
        return switch (next) {
            case IN_REVIEW, RETURNED, HELD, REJECTED, CANCELLED -> BEFORE_RELEASE.contains(this);
            case RELEASED -> this == IN_REVIEW;
            case SHIPPED -> this == RELEASED;
            case ARCHIVED -> this == SHIPPED;
        };
    }

    public boolean isBeforeRelease() {
        return BEFORE_RELEASE.contains(this);
    }

    /** The Chinese word for people. */
    public String label() {
        return label;
    }

    /** The word of the outer surface, e.g. {@code in-review}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
