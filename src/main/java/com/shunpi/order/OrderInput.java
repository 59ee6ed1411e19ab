package com.shunpi.order;

import com.shunpi.shared.Fault;
import com.shunpi.shared.Money;
import com.shunpi.shared.RefusedException;
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
 * An order as JSON (contract: {@code POST /api/orders}), every value still text, so that each one that cannot be read is
 * named instead of failing the whole. Numbers are taken where text is expected.
 */
record OrderInput(
        String source,
        String externalNumber,
        String customerCode,
        String requiredDate,
        String deliveryMode,
        String consignee,
        String phone,
        String address,
        String orderedAt,
        String urgent,
        String remark,
        List<LineInput> lines) {

    static final int MAX_LINES = 500;
    static final int MAX_QUANTITY = 1_000_000;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 12, 31);

    record LineInput(String productCode, String quantity, String unitPrice) {}

    /** Reads every value; refuses with one fault per value that cannot be read or is missing and cannot wait. */
    OrderDraft toDraft() {
        Reader reader = new Reader();
        List<OrderDraft.Line> read = new ArrayList<>();
        if (lines == null || lines.isEmpty()) {
            reader.fault("lines", "订单至少要有一行产品。");
        } else if (lines.size() > MAX_LINES) {
            reader.fault("lines", "一张订单最多 " + MAX_LINES + " 行。");
        } else {
            for (int i = 0; i < lines.size(); i++) {
                String at = "lines[" + i + "].";
                LineInput line = lines.get(i) == null ? new LineInput(null, null, null) : lines.get(i);
                String product = reader.required(at + "productCode", "产品编码", line.productCode(), 40);
                Integer quantity = reader.quantity(at + "quantity", line.quantity());
                BigDecimal price = reader.price(at + "unitPrice", line.unitPrice());
                if (product != null && quantity != null && price != null) {
                    read.add(new OrderDraft.Line(product, quantity, price));
                }
            }
        }
        OrderDraft draft = new OrderDraft(
                reader.required("source", "来源", source, 40),
                reader.required("externalNumber", "外部单号", externalNumber, 64),
                reader.required("customerCode", "客户编码", customerCode, 40),
                reader.date("requiredDate", "要求交期", requiredDate),
                reader.text("deliveryMode", "发货方式", deliveryMode, 60),
                reader.text("consignee", "收货人", consignee, 100),
                reader.text("phone", "电话", phone, 60),
                reader.text("address", "地址", address, 400),
                reader.instant("orderedAt", orderedAt),
                reader.flag("urgent", urgent),
                reader.text("remark", "备注", remark, 1000),
                read);
        if (!reader.faults.isEmpty()) {
            throw RefusedException.invalid(reader.faults);
        }
        return draft;
    }

    private static final class Reader {

        private final List<Fault> faults = new ArrayList<>();

        void fault(String field, String message) {
            faults.add(Fault.of(field, message));
        }

        String required(String field, String label, String value, int max) {
            String text = text(field, label, value, max);
            if (text == null) {
                fault(field, "缺少" + label + "。");
            }
            return text;
        }

        String text(String field, String label, String value, int max) {
            String text = value == null ? "" : value.strip();
            if (text.length() > max) {
                fault(field, label + "不能超过 " + max + " 个字。");
            } else if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
                fault(field, label + "含有不可见的控制字符。");
            }
            return text.isEmpty() ? null : text;
        }

        Integer quantity(String field, String value) {
            BigDecimal number = number(field, "数量", value);
            if (number == null) {
                return null;
            }
            if (!Money.fits(number, 0)
                    || number.signum() <= 0
                    || number.compareTo(BigDecimal.valueOf(MAX_QUANTITY)) > 0) {
                fault(field, "数量应为 1 至 " + MAX_QUANTITY + " 的整数：" + shorten(value));
                return null;
            }
            return number.intValueExact();
        }

        BigDecimal price(String field, String value) {
            BigDecimal number = number(field, "单价", value);
            if (number == null) {
                return null;
            }
            if (number.signum() < 0 || !Money.fits(number, 4)) {
                fault(field, "单价应为不小于 0、最多四位小数的数：" + shorten(value));
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

        LocalDate date(String field, String label, String value) {
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

        Instant instant(String field, String value) {
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

        boolean flag(String field, String value) {
            String text = value == null ? "" : value.strip().toLowerCase();
            if (!List.of("", "true", "false", "是", "否").contains(text)) {
                fault(field, "加急应为 true 或 false：" + shorten(text));
            }
            return "true".equals(text) || "是".equals(text);
        }

        private static String shorten(String text) {
            return text.length() <= 40 ? text : text.substring(0, 40) + "…";
        }
    }
}
