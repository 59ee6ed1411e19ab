package com.shunpi.pricing;

import com.shunpi.shared.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody saw when he decided, for the decision record (A1); amounts as text. */
final class SpecialPriceFacts {

    private SpecialPriceFacts() {}

    /** @param question the request's facts as they are computed now */
    static Map<String, Object> of(SpecialPriceRequest request, PriceQuestion question) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("requestNumber", request.requestNumber());
        if (request.customerCode() == null) {
            facts.put(
                    "grades", request.grades().stream().map(Enum::name).sorted().toList());
            facts.put("budget", request.budget().toPlainString());
        } else {
            facts.put("customer", request.customerCode());
        }
        facts.put("requestedBy", request.requestedBy());
        facts.put("amount", amount(request).toPlainString());
        List<String> lines = new ArrayList<>();
        List<String> margins = new ArrayList<>();
        for (PriceQuestion.Line line : question.lines()) {
            PricedLine priced = line.priced();
            lines.add(priced.productCode() + " × " + priced.quantity() + " @ "
                    + priced.askedPrice().toPlainString() + "，客户价 "
                    + priced.customerPrice().toPlainString() + "，目录价 "
                    + priced.listPrice().toPlainString() + "，低 " + percent(line.depth()));
            margins.add(priced.productCode() + " " + percent(line.margin()));
        }
        facts.put("lines", lines);
        facts.put("margins", margins);
        if (request.validFrom() != null) {
            facts.put("period", request.validFrom() + " 至 " + request.validTo());
        }
        if (request.reason() != null) {
            facts.put("reason", request.reason());
        }
        if (request.competitor() != null) {
            facts.put("competitor", request.competitor());
        }
        if (request.tableVersion() != null) {
            facts.put("table", PriceLevels.TABLE + " " + request.tableVersion());
        }
        facts.put(
                "steps",
                request.currentRound().stream()
                        .map(approval -> approval.stepNumber() + " " + approval.role() + "："
                                + approval.state().label() + "，" + approval.reasons())
                        .toList());
        return facts;
    }

    /** What an offer says otherwise than the request, old and new. */
    static List<String> offer(SpecialPriceRequest request) {
        List<String> differences = new ArrayList<>();
        for (SpecialPriceRequest.Line line : request.requestLines()) {
            PricedLine now = line.toPricedLine();
            if (line.offeredPrice() != null
                    && (line.offeredPrice().compareTo(now.askedPrice()) != 0
                            || line.offeredQuantity() != now.quantity())) {
                differences.add(now.productCode() + "：" + now.quantity() + " @ "
                        + now.askedPrice().toPlainString() + " → " + line.offeredQuantity() + " @ "
                        + line.offeredPrice().toPlainString());
            }
        }
        if (request.offeredTo() != null
                && !(request.offeredFrom().equals(request.validFrom())
                        && request.offeredTo().equals(request.validTo()))) {
            differences.add("期限：" + request.validFrom() + " 至 " + request.validTo() + " → " + request.offeredFrom()
                    + " 至 " + request.offeredTo());
        }
        return differences;
    }

    /** CNY at the asked prices. */
    static BigDecimal amount(SpecialPriceRequest request) {
        return request.lines().stream()
                .map(line -> Money.amount(line.askedPrice().multiply(BigDecimal.valueOf(line.quantity()))))
                .reduce(Money.amount(BigDecimal.ZERO), BigDecimal::add);
    }

    /** A percentage for people: {@code 12.5%}. */
    static String percent(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString() + "%";
    }
}
