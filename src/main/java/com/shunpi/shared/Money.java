package com.shunpi.shared;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts have two decimals, prices four; CNY. Never a floating-point number. */
public final class Money {

    /** Digits before the point: more than any order of a small company, and what the database columns hold. */
    private static final int MAX_INTEGER_DIGITS = 13;

    private Money() {}

    /** A computed amount, rounded half up to the cent. */
    public static BigDecimal amount(BigDecimal value) {
        return value.setScale(2, RoundingMode.HALF_UP);
    }

    /** A computed price, rounded half up to four decimals. */
    public static BigDecimal price(BigDecimal value) {
        return value.setScale(4, RoundingMode.HALF_UP);
    }

    /** Whether a value that somebody typed fits: no more decimals than allowed and not out of range. */
    public static boolean fits(BigDecimal value, int decimals) {
        BigDecimal plain = value.stripTrailingZeros();
        return plain.scale() <= decimals && (long) plain.precision() - plain.scale() <= MAX_INTEGER_DIGITS;
    }

    /** As people read it: two decimals, more only where there are more ({@code 12.5000} → {@code 12.50}). */
    public static String text(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 2 ? stripped.setScale(2) : stripped).toPlainString();
    }
}
