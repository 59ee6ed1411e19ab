package com.shunpi.shared;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the fields of a JSON body whose values are all text, so that each one that cannot be read is named instead of
 * failing the whole. Faults are collected and refused together by {@link #check()}.
 */
public final class FieldReader {

    public static final int MAX_QUANTITY = 1_000_000;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 12, 31);

    private final List<Fault> faults = new ArrayList<>();

    /** Everything that was wrong so far. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Refuses when anything was wrong. */
    public void check() {
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
    }

    public void fault(String field, String message) {
        faults.add(Fault.of(field, message));
    }

    /** A text that has to be there; null after a fault. */
    public String required(String field, String label, String value, int max) {
        String text = text(field, label, value, max);
        if (text == null) {
            fault(field, "缺少" + label + "。");
        }
        return text;
    }

    /** A text that may be left out; null when empty. */
    public String text(String field, String label, String value, int max) {
        String text = value == null ? "" : value.strip();
        if (text.length() > max) {
            fault(field, label + "不能超过 " + max + " 个字。");
        } else if (PlainText.isForged(text)) {
            fault(field, label + "含有不可见的控制字符。");
        }
        return text.isEmpty() ? null : text;
    }

    /** A required whole number from 1 to {@link #MAX_QUANTITY}; null after a fault. */
    public Integer quantity(String field, String value) {
        return quantity(field, "数量", value);
    }

    /** A required whole number from 1 to {@link #MAX_QUANTITY}; null after a fault. */
    public Integer quantity(String field, String label, String value) {
        BigDecimal number = number(field, label, value);
        if (number == null) {
            return null;
        }
        if (!Money.fits(number, 0) || number.signum() <= 0 || number.compareTo(BigDecimal.valueOf(MAX_QUANTITY)) > 0) {
            fault(field, label + "应为 1 至 " + MAX_QUANTITY + " 的整数：" + shorten(value));
            return null;
        }
        return number.intValueExact();
    }

    /** A required unit price; null after a fault. */
    public BigDecimal price(String field, String value) {
        return price(field, "单价", value);
    }

    /** A required price, CNY, at most four decimals, not below zero; null after a fault. */
    public BigDecimal price(String field, String label, String value) {
        BigDecimal number = number(field, label, value);
        if (number == null) {
            return null;
        }
        if (number.signum() < 0 || !Money.fits(number, 4)) {
            fault(field, label + "应为不小于 0、最多四位小数的数：" + shorten(value));
            return null;
        }
        return Money.price(number);
    }

    private BigDecimal number(String field, String label, String value) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            fault(field, "缺少" + label + "。");
            return null;
        }
        // no exponents and no monsters: 1e999999999 is a few characters and a very long number
        if (text.length() > 30 || !text.matches("[+-]?\\d+(\\.\\d+)?")) {
            fault(field, label + "不是数字：" + shorten(text));
            return null;
        }
        return new BigDecimal(text);
    }

    /** An ISO date that may be left out; null when empty or after a fault. */
    public LocalDate date(String field, String label, String value) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text.replace('/', '-'), DateTimeFormatter.ISO_LOCAL_DATE);
            if (date.isBefore(EARLIEST) || date.isAfter(LATEST)) {
                fault(field, label + "不合理：" + shorten(text));
            }
            return date;
        } catch (DateTimeParseException e) {
            fault(field, label + "不是日期（应如 2026-11-22）：" + shorten(text));
            return null;
        }
    }

    /** A moment, or a date meaning its first moment in Shanghai; null when empty or after a fault. */
    public Instant instant(String field, String value) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (text.length() <= 10) {
                LocalDate date = date(field, "下单时间", text);
                return date == null ? null : date.atStartOfDay(SHANGHAI).toInstant();
            }
            String iso = text.replace('/', '-').replace(' ', 'T');
            Instant instant = iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(SHANGHAI).toInstant();
            LocalDate day = LocalDate.ofInstant(instant, SHANGHAI);
            if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
                fault(field, "下单时间不合理：" + shorten(text));
            }
            return instant;
        } catch (DateTimeParseException e) {
            fault(field, "下单时间无法识别（应如 2026-11-22T10:00:00+08:00）：" + shorten(text));
            return null;
        }
    }

    /** A required amount above zero, CNY, at most two decimals; null after a fault. */
    public BigDecimal amount(String field, String label, String value) {
        BigDecimal number = number(field, label, value);
        if (number == null) {
            return null;
        }
        if (number.signum() <= 0 || !Money.fits(number, 2)) {
            fault(field, label + "应为大于 0、最多两位小数的数：" + shorten(value));
            return null;
        }
        return Money.amount(number);
    }

    /** True or false; false when empty. */
    public boolean flag(String field, String value) {
        String text = value == null ? "" : value.strip().toLowerCase();
        if (!List.of("", "true", "false", "是", "否").contains(text)) {
            fault(field, "加急应为 true 或 false：" + shorten(text));
        }
        return "true".equals(text) || "是".equals(text);
    }

    private static String shorten(String text) {
        return PlainText.shorten(text, 41);
    }
}
