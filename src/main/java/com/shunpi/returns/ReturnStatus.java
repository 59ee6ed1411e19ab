package com.shunpi.returns;

import java.util.EnumSet;
import java.util.Set;

/** Where a return stands. */
enum ReturnStatus implements Labelled {
    APPLIED("待受理"),
    /** The customer has his first answer; a solution is to be proposed, the first time or anew. */
    ANSWERED("待提方案"),
    PROPOSED("审批中"),
    /** Granted; the goods are on their way. */
    AWAITED("待收货"),
    /** What came is not what was approved. */
    DIFFERENT("收货差异"),
    RECEIVED("待鉴定"),
    APPRAISED("待处置"),
    /** Refund, exchange, repair, manufacturer: whatever was agreed. */
    SETTLING("办理中"),
    CLOSED("已结案"),
    REFUSED("已拒绝"),
    WITHDRAWN("已撤回"),
    LAPSED("已失效");

    static final Set<ReturnStatus> ENDED = EnumSet.of(CLOSED, REFUSED, WITHDRAWN, LAPSED);

    private final String label;

    ReturnStatus(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    boolean isOpen() {
        return !ENDED.contains(this);
    }
}
