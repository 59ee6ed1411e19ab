package com.shunpi.order;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why goods leave: they are sold, or a returns case sends them (T7). */
public enum OrderKind {
    SALE("销售"),
    /** Other goods for those that came back, or are to come back. */
    REPLACEMENT("换货"),
    /** The customer's own goods, repaired: nothing is taken from stock. */
    REPAIR("返修");

    private final String label;

    OrderKind(String label) {
        this.label = label;
    }

    /** The Chinese word for people. */
    public String label() {
        return label;
    }

    /** The word of the outer surface, e.g. {@code replacement}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
