package com.shunpi.collection;

import java.util.Locale;

/** Who follows a case up, the least senior first (C3). */
enum FollowUp {
    NONE("无"),
    CALL("业务员"),
    MANAGER("销售经理"),
    DIRECTOR("销售总监"),
    GENERAL_MANAGER("总经理");

    private final String label;

    FollowUp(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** As the decision table and the diagram write it. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isAbove(FollowUp other) {
        return ordinal() > other.ordinal();
    }

    /** The one so many levels up; nobody is above the general manager (C5). */
    FollowUp raised(int levels) {
        return values()[Math.min(ordinal() + levels, values().length - 1)];
    }

    static FollowUp max(FollowUp one, FollowUp other) {
        return one.isAbove(other) ? one : other;
    }
}
