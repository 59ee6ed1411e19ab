package com.shunpi.masterdata;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a customer pays before the goods go or within his credit (R4). */
public enum PaymentTerms {
    PREPAID,
    CREDIT;

    /** The word of the outer surface: {@code prepaid}, {@code credit}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
