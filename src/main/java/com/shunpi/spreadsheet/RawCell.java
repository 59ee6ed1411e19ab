package com.shunpi.spreadsheet;

/**
 * A cell as the file holds it, before anybody asked for a type.
 *
 * @param text a number in plain digits, a date as ISO date time, a truth value as {@code true}/{@code false}
 * @param problem why the cell cannot be used at all, in Chinese; null when it can
 */
record RawCell(Kind kind, String text, String problem) {

    enum Kind {
        BLANK,
        TEXT,
        NUMBER,
        DATE,
        FLAG
    }

    static final RawCell BLANK = new RawCell(Kind.BLANK, "", null);

    static RawCell of(Kind kind, String text) {
        return new RawCell(kind, text, null);
    }

    static RawCell text(String text) {
        return text == null || text.isBlank() ? BLANK : of(Kind.TEXT, text);
    }

    static RawCell broken(String text, String problem) {
        return new RawCell(Kind.TEXT, text, problem);
    }

    boolean isBlank() {
        return kind == Kind.BLANK;
    }
}
