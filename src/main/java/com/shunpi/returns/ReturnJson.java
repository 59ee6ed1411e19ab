package com.shunpi.returns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.shared.FieldReader;
import com.shunpi.shared.Money;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads what a form sent along as JSON, every value as text. */
@Component
class ReturnJson {

    record SolutionInput(
            String text,
            String goodsBorneBy,
            String outwardBorneBy,
            String backBorneBy,
            String repairBorneBy,
            List<LineInput> lines,
            String cause,
            String responsible,
            String correctiveAction) {}

    record LineInput(
            String outcome,
            Boolean goodsBack,
            Boolean advance,
            String replacementProduct,
            String surcharge,
            String refundAmount) {}

    record FindingInput(String verdict, Boolean repairable, String good) {}

    record DispositionInput(String restock, String scrap, String toRepair, String toManufacturer) {}

    private final ObjectMapper json;

    ReturnJson(ObjectMapper json) {
        this.json = json;
    }

    ReturnDraft application(String text) {
        return read(text, new TypeReference<ReturnInput>() {}, "application", "申请")
                .toDraft();
    }

    /** @param complaintWanted whether the quality complaint record is a part of it (T3) */
    Solution solution(String text, boolean complaintWanted) {
        SolutionInput input = read(text, new TypeReference<SolutionInput>() {}, "solution", "方案");
        FieldReader reader = new FieldReader();
        String words = reader.required("solution.text", "处理方案", input.text(), 1000);
        Solution.Costs costs = new Solution.Costs(
                bearer(reader, "goodsBorneBy", "货物损失由谁承担", input.goodsBorneBy()),
                bearer(reader, "outwardBorneBy", "发出运费由谁承担", input.outwardBorneBy()),
                bearer(reader, "backBorneBy", "退回运费由谁承担", input.backBorneBy()),
                bearer(reader, "repairBorneBy", "维修费由谁承担", input.repairBorneBy()));
        Solution.Complaint complaint = null;
        if (complaintWanted) {
            complaint = new Solution.Complaint(
                    reader.required("solution.cause", "原因", input.cause(), 1000),
                    bearer(reader, "responsible", "责任方", input.responsible()),
                    reader.required("solution.correctiveAction", "纠正措施", input.correctiveAction(), 1000));
        }
        List<Solution.Line> lines = new ArrayList<>();
        List<LineInput> sent = input.lines() == null ? List.of() : input.lines();
        for (int i = 0; i < sent.size(); i++) {
            lines.add(line(reader, "solution.lines[" + i + "].", sent.get(i)));
        }
        reader.check();
        return new Solution(words, costs, lines, complaint);
    }

    private static CostBearer bearer(FieldReader reader, String field, String label, String code) {
        CostBearer bearer =
                Labelled.of(CostBearer.values(), code == null ? "" : code).orElse(null);
        if (bearer == null) {
            reader.fault("solution." + field, "请选择" + label + "。");
        }
        return bearer;
    }

    private static Solution.Line line(FieldReader reader, String at, LineInput input) {
        ReturnOutcome outcome = Labelled.of(ReturnOutcome.values(), input.outcome() == null ? "" : input.outcome())
                .orElse(null);
        if (outcome == null) {
            reader.fault(at + "outcome", "请选择处理结果：" + Labelled.codes(ReturnOutcome.values()) + "。");
        }
        BigDecimal surcharge = isEmpty(input.surcharge())
                ? Money.price(BigDecimal.ZERO)
                : reader.price(at + "surcharge", "补差价", input.surcharge());
        BigDecimal refund = isEmpty(input.refundAmount()) || isZero(input.refundAmount())
                ? Money.amount(BigDecimal.ZERO)
                : reader.amount(at + "refundAmount", "退款金额", input.refundAmount());
        return new Solution.Line(
                outcome,
                !Boolean.FALSE.equals(input.goodsBack()),
                Boolean.TRUE.equals(input.advance()),
                reader.text(at + "replacementProduct", "换货产品", input.replacementProduct(), 40),
                surcharge,
                refund);
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isBlank();
    }

    private static boolean isZero(String text) {
        return text.strip().matches("0+(\\.0*)?");
    }

    /** Units per line, 0 or more. */
    List<Integer> counts(String text) {
        List<String> sent = read(text, new TypeReference<List<String>>() {}, "counts", "清点数量");
        FieldReader reader = new FieldReader();
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            counts.add(units(reader, "counts[" + i + "]", "清点数量", sent.get(i)));
        }
        reader.check();
        return counts;
    }

    List<Finding> findings(String text) {
        List<FindingInput> sent = read(text, new TypeReference<List<FindingInput>>() {}, "findings", "鉴定结论");
        FieldReader reader = new FieldReader();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            FindingInput input = sent.get(i) == null ? new FindingInput(null, null, null) : sent.get(i);
            findings.add(new Finding(
                    Labelled.of(Verdict.values(), input.verdict() == null ? "" : input.verdict())
                            .orElse(null),
                    Boolean.TRUE.equals(input.repairable()),
                    units(reader, "findings[" + i + "].good", "完好数量", input.good())));
        }
        reader.check();
        return findings;
    }

    List<Disposition> dispositions(String text) {
        List<DispositionInput> sent =
                read(text, new TypeReference<List<DispositionInput>>() {}, "dispositions", "处置数量");
        FieldReader reader = new FieldReader();
        List<Disposition> dispositions = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            DispositionInput input = sent.get(i) == null ? new DispositionInput(null, null, null, null) : sent.get(i);
            String at = "dispositions[" + i + "].";
            dispositions.add(new Disposition(
                    units(reader, at + "restock", "入库数量", input.restock()),
                    units(reader, at + "scrap", "报废数量", input.scrap()),
                    units(reader, at + "toRepair", "送修数量", input.toRepair()),
                    units(reader, at + "toManufacturer", "退厂数量", input.toManufacturer())));
        }
        reader.check();
        return dispositions;
    }

    private static int units(FieldReader reader, String field, String label, String text) {
        if (isEmpty(text) || isZero(text)) {
            return 0;
        }
        Integer units = reader.quantity(field, label, text);
        return units == null ? 0 : units;
    }

    private <T> T read(String text, TypeReference<T> type, String field, String label) {
        try {
            T input = text == null ? null : json.readValue(text, type);
            if (input == null) {
                throw RefusedException.invalid(field, "没有收到" + label + "内容。");
            }
            return input;
        } catch (JsonProcessingException e) {
            throw RefusedException.invalid(field, label + "内容无法读取。");
        }
    }
}
