package com.shunpi.verification;

import jakarta.persistence.Embeddable;

/** One value of one verification, as it was when it was opened, and what the verifier made of it. */
@Embeddable
class CheckedValue {

    private String field;
    private Integer line;
    private String label;
    private String preparedValue;
    private boolean blind;
    private String keyedValue;
    private boolean differs;

    protected CheckedValue() {}

    CheckedValue(PreparedValue value, VerificationTable.Row row) {
        field = value.field().code();
        line = value.line();
        label = row.label();
        preparedValue = value.value();
        blind = row.blind();
    }

    void key(String value) {
        keyedValue = value;
        differs = !field().same(preparedValue, value);
    }

    VerifiedField field() {
        return VerifiedField.of(field).orElseThrow();
    }

    Integer line() {
        return line;
    }

    String path() {
        return PreparedValue.path(field(), line);
    }

    /** What people call it: 第 2 行单价. */
    String label() {
        return line == null ? label : "第 " + (line + 1) + " 行" + label;
    }

    String preparedValue() {
        return preparedValue;
    }

    boolean isBlind() {
        return blind;
    }

    /** Null as long as nobody has keyed it. */
    String keyedValue() {
        return keyedValue;
    }

    boolean differs() {
        return differs;
    }

    /** Both values beside each other, for the sheet of differences. */
    String difference() {
        return label() + "：录入 " + preparedValue + "，复核 " + keyedValue;
    }
}
