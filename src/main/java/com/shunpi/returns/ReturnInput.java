package com.shunpi.returns;

import com.shunpi.shared.FieldReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An application as JSON ({@code POST /api/returns} and the start form), every value still text, so that each one that
 * cannot be read is named.
 *
 * @param attachments ids that {@code POST /api/attachments} answered
 */
record ReturnInput(
        String source,
        String externalNumber,
        String orderNumber,
        String customerCode,
        String reason,
        String description,
        List<LineInput> lines,
        List<String> attachments) {

    static final int MAX_LINES = 100;
    static final int MAX_FILES = 20;

    /** @param lineNumber of the order, counts from 0 */
    record LineInput(String lineNumber, String quantity, String outcome) {}

    /** Reads every value; refuses with one fault per value that cannot be read or is missing (T1). */
    ReturnDraft toDraft() {
        FieldReader reader = new FieldReader();
        String from = reader.required("source", "来源", source, 40);
        String external = reader.required("externalNumber", "外部单号", externalNumber, 64);
        String order = reader.required("orderNumber", "订单号", orderNumber, 30);
        String customer = reader.required("customerCode", "客户编码", customerCode, 40);
        String why = reader.required("reason", "原因", reason, 40);
        ReturnReason known = Labelled.of(ReturnReason.values(), why).orElse(null);
        if (why != null && known == null) {
            reader.fault("reason", "原因应为 " + Labelled.codes(ReturnReason.values()) + " 之一。");
        }
        String text = reader.required("description", "情况说明", description, 1000);
        List<ReturnDraft.Line> read = lines(reader);
        List<String> files = attachments == null ? List.of() : attachments;
        if (files.size() > MAX_FILES || files.stream().anyMatch(id -> id == null || id.length() > 36)) {
            reader.fault("attachments", "附件最多 " + MAX_FILES + " 个，应为上传后得到的编号。");
        }
        reader.check();
        return new ReturnDraft(from, external, order, customer, known, text, read, List.copyOf(files));
    }

    private List<ReturnDraft.Line> lines(FieldReader reader) {
        List<ReturnDraft.Line> read = new ArrayList<>();
        if (lines == null || lines.isEmpty()) {
            reader.fault("lines", "至少要退一行产品。");
            return read;
        }
        if (lines.size() > MAX_LINES) {
            reader.fault("lines", "一份申请最多 " + MAX_LINES + " 行。");
            return read;
        }
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String at = "lines[" + i + "].";
            LineInput line = lines.get(i) == null ? new LineInput(null, null, null) : lines.get(i);
            Integer number = number(line.lineNumber());
            if (number == null) {
                reader.fault(at + "lineNumber", "请填写订单行号（从 0 开始的整数）。");
            } else if (!seen.add(number)) {
                reader.fault(at + "lineNumber", "订单行 " + number + " 重复。");
            }
            Integer quantity = reader.quantity(at + "quantity", line.quantity());
            ReturnOutcome wanted = Labelled.of(ReturnOutcome.values(), line.outcome() == null ? "" : line.outcome())
                    .orElse(null);
            if (wanted == null) {
                reader.fault(at + "outcome", "处理要求应为 " + Labelled.codes(ReturnOutcome.values()) + " 之一。");
            }
            if (number != null && quantity != null && wanted != null) {
                read.add(new ReturnDraft.Line(number, quantity, wanted));
            }
        }
        return read;
    }

    private static Integer number(String text) {
        String plain = text == null ? "" : text.strip();
        return plain.matches("\\d{1,4}") ? Integer.valueOf(plain) : null;
    }
}
