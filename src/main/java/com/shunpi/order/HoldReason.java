package com.shunpi.order;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an order may not go on (contract: holds; F1). In the order in which they are dealt with. */
public enum HoldReason {
    INCOMPLETE("资料缺项"),
    DISCONTINUED("产品停产"),
    PRICE("低于客户价"),
    PAYMENT("货款未到"),
    CREDIT_LIMIT("超信用额度"),
    OVERDUE("发票逾期"),
    ACCOUNT("账户受限"),
    FORCED("人工冻结"),
    STOCK("库存不足");

    private final String label;

    HoldReason(String label) {
        this.label = label;
    }

    /** Holds that a person with authority may release with a reason and a review date (F3). */
    boolean isCredit() {
        return this == CREDIT_LIMIT || this == OVERDUE || this == ACCOUNT || this == FORCED;
    }

    public String label() {
        return label;
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
