package com.shunpi.spreadsheet;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** How a spreadsheet shows a number: it alone tells a date from a number, and 0042 from 42. */
record NumberFormat(boolean isDate, int digits) {

    private static final NumberFormat PLAIN = new NumberFormat(false, 0);
    private static final NumberFormat DATE = new NumberFormat(true, 0);

    /** What does not show digits: quoted text, escaped and padded characters, colours, locales and conditions. */
    private static final Pattern DECORATION = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]");

    private static final Pattern DATE_PARTS = Pattern.compile("[ymdhs年月日时分秒]", Pattern.CASE_INSENSITIVE);
    private static final Pattern ZEROS = Pattern.compile("0{2,20}");

    /** @param id and @param code as the file has them; null when the cell has no format */
    static NumberFormat of(Integer id, String code) {
        if (id == null) {
            return PLAIN;
        }
        // built-in formats, the Chinese ones (27–36, 50–58) included, which have no code in the file
        if (id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58) {
            return DATE;
        }
        if (code == null || code.equalsIgnoreCase("General")) {
            return PLAIN;
        }
        String bare = DECORATION.matcher(code).replaceAll("");
        if (DATE_PARTS.matcher(bare).find()) {
            return DATE;
        }
        return ZEROS.matcher(bare).matches() ? new NumberFormat(false, bare.length()) : PLAIN;
    }

    /** The number in plain digits, with the leading zeros people see. */
    String pad(BigDecimal value) {
        String plain = value.toPlainString();
        return digits > plain.length() && value.signum() >= 0 && value.scale() <= 0
                ? "0".repeat(digits - plain.length()) + plain
                : plain;
    }
}
