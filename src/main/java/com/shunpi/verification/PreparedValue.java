package com.shunpi.verification;

/**
 * One value of a document as its preparer left it.
 *
 * @param line the line it stands in, counted from 0; null when it belongs to the document as a whole
 * @param value amounts and prices as plain text; null counts as empty
 */
public record PreparedValue(VerifiedField field, Integer line, String value) {

    public PreparedValue {
        value = value == null ? "" : value;
    }

    public static PreparedValue of(VerifiedField field, String value) {
        return new PreparedValue(field, null, value);
    }

    /** Where a verifier's answer about it stands in {@code keyed}: {@code amount}, {@code lines[0].unitPrice}. */
    public String path() {
        return path(field, line);
    }

    static String path(VerifiedField field, Integer line) {
        return line == null ? field.code() : "lines[" + line + "]." + field.code();
    }
}
