package com.shunpi.spreadsheet;

import com.shunpi.shared.Fault;
import com.shunpi.shared.Money;
import com.shunpi.shared.PlainText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of an uploaded table. A value is asked for by the column's English name, once; what cannot be read is added to the
 * faults of the row and answered with null. A blank cell is null too, and a fault where the column is required.
 */
public final class SheetRow {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int MAX_QUANTITY = 9_999_999;
    private static final int FIRST_YEAR = 1990;
    private static final int LAST_YEAR = 2100;

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");
    private static final Pattern DATE = Pattern.compile("(\\d+)([-/])(\\d{1,2})\\2(\\d{1,2})");
    private static final Pattern DATE_TIME =
            Pattern.compile("(\\S+?)[ T](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.0{1,9})?)?");
    private static final Pattern WIDE = Pattern.compile("[\\uFF01-\\uFF5E\\u3000]");

    private static final Map<String, Boolean> FLAGS = Map.of(
            "true", true, "yes", true, "是", true, "1", true, "false", false, "no", false, "否", false, "0", false);

    private final RawRow row;
    private final Map<String, Integer> positions;
    private final Map<String, Column> columns;
    private final List<Fault> faults = new ArrayList<>();

    SheetRow(RawRow row, Map<String, Integer> positions, Map<String, Column> columns) {
        this.row = row;
        this.positions = positions;
        this.columns = columns;
    }

    /** The row's number as the spreadsheet shows it; the header is 1. */
    public int number() {
        return row.number();
    }

    /** What the cell shows, unchecked, for telling which document the row is about; empty when blank. */
    public String raw(String column) {
        String text = PlainText.trimmed(cell(column).text());
        return text == null ? "" : text;
    }

    /** A text of one line, blanks around it cut off. */
    public String text(String column, int max) {
        return text(column, max, false);
    }

    /** A text that may run over several lines. */
    public String lines(String column, int max) {
        return text(column, max, true);
    }

    /** A code or number that identifies something: no wide (全角) characters. */
    public String code(String column, int max) {
        String text = text(column, max, false);
        return text != null && isWide(column, text) ? null : text;
    }

    /** An amount in CNY, not negative, at most two decimals. */
    public BigDecimal amount(String column) {
        return decimal(column, 2);
    }

    /** A price in CNY, not negative, at most four decimals. */
    public BigDecimal price(String column) {
        return decimal(column, 4);
    }

    /** A number that is not negative, with at most so many decimals; it comes with exactly so many. */
    public BigDecimal decimal(String column, int decimals) {
        BigDecimal value = number(column);
        if (value == null) {
            return null;
        }
        if (value.signum() < 0) {
            fault(column, "不能为负数：" + shown(column));
            return null;
        }
        if (value.stripTrailingZeros().scale() > decimals) {
            fault(column, "最多 " + decimals + " 位小数：" + shown(column));
            return null;
        }
        if (!Money.fits(value, decimals)) {
            fault(column, "数字太大：" + shown(column));
            return null;
        }
        return value.setScale(decimals);
    }

    /** A number of units, 1 to 9,999,999. */
    public Integer quantity(String column) {
        return integer(column, 1, MAX_QUANTITY);
    }

    /** A whole number in a range. */
    public Integer integer(String column, int min, int max) {
        BigDecimal value = number(column);
        if (value == null) {
            return null;
        }
        if (value.stripTrailingZeros().scale() > 0) {
            fault(column, "必须是整数：" + shown(column));
            return null;
        }
        if (value.compareTo(BigDecimal.valueOf(min)) < 0 || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            fault(column, "必须在 " + min + " 到 " + max + " 之间：" + shown(column));
            return null;
        }
        return value.intValueExact();
    }

    /** A day: {@code 2026-11-22}, {@code 2026/11/22} or a spreadsheet date, from 1990 to 2100. */
    public LocalDate date(String column) {
        LocalDateTime time = dateTime(column);
        if (time == null) {
            return null;
        }
        if (!time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            fault(column, "应为日期，不含时间：" + shown(column));
            return null;
        }
        return time.toLocalDate();
    }

    /** A moment: a day with or without a time, in Asia/Shanghai unless it names its offset. A day alone is its beginning. */
    public Instant timestamp(String column) {
        if (cell(column).kind() == RawCell.Kind.TEXT && cell(column).problem() == null) {
            Optional<OffsetDateTime> zoned = withOffset(raw(column));
            if (zoned.isPresent() && isInRange(zoned.get().getYear())) {
                return zoned.get().toInstant();
            }
        }
        LocalDateTime time = dateTime(column);
        return time == null ? null : time.atZone(ZONE).toInstant();
    }

    /** true/false, 是/否, yes/no, 1/0; a blank cell is false. */
    public boolean flag(String column) {
        return Boolean.TRUE.equals(choice(column, FLAGS));
    }

    /**
     * One of some words, whatever the case of its letters.
     *
     * @param words value by word
     */
    public <T> T choice(String column, Map<String, T> words) {
        String text = filled(column);
        if (text == null) {
            return null;
        }
        T value = words.entrySet().stream()
                .filter(word -> word.getKey().equalsIgnoreCase(text))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (value == null && !isWide(column, text)) {
            fault(
                    column,
                    "“" + shortened(text) + "”不是可用的值，请填 " + String.join("、", new TreeSet<>(words.keySet())) + " 之一");
        }
        return value;
    }

    /** Adds a fault that concerns a column of this row; the Chinese name of the column is put before the message. */
    public void fault(String column, String message) {
        Column known = columns.get(column);
        faults.add(new Fault(number(), column, known == null ? message : known.label() + "：" + message));
    }

    /** Adds a fault that concerns the row as a whole. */
    public void fault(String message) {
        faults.add(new Fault(number(), null, message));
    }

    public boolean isFaulty() {
        return !faults.isEmpty();
    }

    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    boolean isBlank() {
        return positions.values().stream()
                .allMatch(position -> row.cell(position).isBlank());
    }

    static String shortened(String text) {
        String visible = text.codePoints()
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return PlainText.shorten(visible, 41);
    }

    private String text(String column, int max, boolean lines) {
        RawCell cell = cell(column);
        String text = filled(column);
        if (text == null) {
            return null;
        }
        if (cell.kind() == RawCell.Kind.DATE) {
            fault(column, "被电子表格改成了日期，请把该列设为文本格式后重新填写");
            return null;
        }
        if (cell.kind() == RawCell.Kind.NUMBER && text.replace("-", "").length() > 15 && !text.contains(".")) {
            fault(column, "数字超过 15 位，电子表格已改动了末几位，请把该列设为文本格式后重新填写");
            return null;
        }
        String plain = SheetWriter.isNeutral(text) ? text.substring(1) : text;
        Optional<String> wrong = lines ? PlainText.faultInLines(plain, max) : PlainText.fault(plain, max);
        wrong.ifPresent(message -> fault(column, message));
        return wrong.isPresent() ? null : plain;
    }

    private BigDecimal number(String column) {
        String text = filled(column);
        if (text == null || isWide(column, text)) {
            return null;
        }
        RawCell.Kind kind = cell(column).kind();
        if (kind == RawCell.Kind.DATE || kind == RawCell.Kind.FLAG) {
            fault(column, "应为数字，单元格却是" + (kind == RawCell.Kind.DATE ? "日期" : "是/否"));
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            fault(column, "“" + shortened(text) + "”不是数字" + (text.contains(",") ? "，请去掉千分位逗号" : ""));
            return null;
        }
        return new BigDecimal(text);
    }

    private LocalDateTime dateTime(String column) {
        String text = filled(column);
        if (text == null || isWide(column, text)) {
            return null;
        }
        RawCell cell = cell(column);
        if (cell.kind() == RawCell.Kind.NUMBER) {
            fault(column, "“" + shortened(text) + "”是数字，请把单元格设为日期格式，或写成 2026-11-22");
            return null;
        }
        Optional<LocalDateTime> time =
                cell.kind() == RawCell.Kind.DATE ? Optional.of(LocalDateTime.parse(text)) : parsed(text);
        if (time.isEmpty()) {
            fault(column, "“" + shortened(text) + "”不是有效日期，请写成 2026-11-22");
            return null;
        }
        if (!isInRange(time.get().getYear())) {
            fault(column, "年份必须在 " + FIRST_YEAR + " 到 " + LAST_YEAR + " 之间：" + shown(column));
            return null;
        }
        return time.get();
    }

    private static boolean isInRange(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }

    private static Optional<LocalDateTime> parsed(String text) {
        try {
            Matcher time = DATE_TIME.matcher(text);
            if (time.matches()) {
                int second = time.group(4) == null ? 0 : Integer.parseInt(time.group(4));
                LocalTime of = LocalTime.of(Integer.parseInt(time.group(2)), Integer.parseInt(time.group(3)), second);
                return day(time.group(1)).map(day -> day.atTime(of));
            }
            return day(text).map(LocalDate::atStartOfDay);
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> day(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches() || date.group(1).length() < 4) {
            return Optional.empty();
        }
        return Optional.of(LocalDate.of(
                Integer.parseInt(date.group(1)), Integer.parseInt(date.group(3)), Integer.parseInt(date.group(4))));
    }

    private static Optional<OffsetDateTime> withOffset(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The cell's text when it has one that can be used; a blank in a required column and a broken cell are faults. */
    private String filled(String column) {
        RawCell cell = cell(column);
        if (cell.problem() != null) {
            fault(column, cell.problem());
            return null;
        }
        String text = PlainText.trimmed(cell.text());
        if (text == null && columns.get(column).required()) {
            fault(column, "不能为空");
        }
        return text;
    }

    private boolean isWide(String column, String text) {
        if (WIDE.matcher(text).find()) {
            fault(column, "“" + shortened(text) + "”含有全角字符，请改用半角");
            return true;
        }
        return false;
    }

    private String shown(String column) {
        return shortened(raw(column));
    }

    private RawCell cell(String column) {
        if (!columns.containsKey(column)) {
            throw new IllegalArgumentException("No such column: " + column);
        }
        Integer position = positions.get(column);
        return position == null ? RawCell.BLANK : row.cell(position);
    }
}
