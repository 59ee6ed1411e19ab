package com.shunpi.pricing;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.shunpi.masterdata.Grade;
import com.shunpi.shared.FieldReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A request as JSON ({@code POST /api/special-prices} and the forms), every value still text, so that each one that cannot
 * be read is named. Margin and discount are in it nowhere: they are computed (P1).
 */
record SpecialPriceInput(
        String customerCode,
        String reason,
        String competitor,
        String validFrom,
        String validTo,
        String expectedVolume,
        List<LineInput> lines,
        String kind,
        List<String> grades,
        String budget) {

    private static final String PROMOTION = "promotion";

    static final int MAX_LINES = 100;
    static final int REASON_LENGTH = 1000;

    /** An agreement is made for a year at most (P5). */
    private static final int MAX_YEARS = 1;

    record LineInput(
            String productCode,
            String quantity,
            @JsonAlias("unitPrice") String askedPrice) {}

    /** @param price CNY, four decimals */
    record Wanted(String productCode, int quantity, BigDecimal price) {}

    /** Whether it is a promotion (P8) and not for a customer; a fault when it is neither. */
    boolean isPromotion(FieldReader reader) {
        if (kind != null && !List.of("", "customer", PROMOTION).contains(kind)) {
            reader.fault("kind", "种类应为 customer 或 promotion。");
        }
        return PROMOTION.equals(kind);
    }

    /** Whom a promotion is for. */
    Set<Grade> forGrades(FieldReader reader) {
        Set<Grade> read = EnumSet.noneOf(Grade.class);
        for (String grade : grades == null ? List.<String>of() : grades) {
            if (grade != null && grade.matches("[ABC]")) {
                read.add(Grade.valueOf(grade));
            } else {
                reader.fault("grades", "客户等级应为 A、B 或 C。");
            }
        }
        if (grades == null || grades.isEmpty()) {
            reader.fault("grades", "请选择促销适用的客户等级。");
        }
        return read;
    }

    /** What a promotion may give away, CNY. */
    BigDecimal promotionBudget(FieldReader reader) {
        return reader.amount("budget", "促销预算", budget);
    }

    /** The customer's code; a fault when there is none. */
    String customer(FieldReader reader) {
        return reader.required("customerCode", "客户编码", customerCode, 40);
    }

    List<Wanted> wanted(FieldReader reader) {
        List<Wanted> read = new ArrayList<>();
        if (lines == null || lines.isEmpty()) {
            reader.fault("lines", "至少要有一行产品。");
        } else if (lines.size() > MAX_LINES) {
            reader.fault("lines", "一份申请最多 " + MAX_LINES + " 行。");
        } else {
            for (int i = 0; i < lines.size(); i++) {
                String at = "lines[" + i + "].";
                LineInput line = lines.get(i) == null ? new LineInput(null, null, null) : lines.get(i);
                String product = reader.required(at + "productCode", "产品编码", line.productCode(), 40);
                Integer quantity = reader.quantity(at + "quantity", line.quantity());
                BigDecimal price = reader.price(at + "askedPrice", "申请价", line.askedPrice());
                if (product != null && quantity != null && price != null) {
                    read.add(new Wanted(product, quantity, price));
                }
            }
        }
        return read;
    }

    /**
     * The rest of the request. The period lies between today and a year from its beginning.
     *
     * @param beginsNow for an order that waits for the price: a later beginning would help nobody
     */
    PriceTerms terms(FieldReader reader, LocalDate today, boolean beginsNow) {
        LocalDate from = reader.date("validFrom", "生效日期", validFrom);
        LocalDate to = reader.date("validTo", "截止日期", validTo);
        if (from == null) {
            from = today;
        } else if (from.isBefore(today)) {
            reader.fault("validFrom", "生效日期不能早于今天。");
        } else if (beginsNow && from.isAfter(today)) {
            reader.fault("validFrom", "订单正等着这个价格，生效日期应为今天。");
        }
        if (to == null) {
            if (validTo == null || validTo.isBlank()) {
                reader.fault("validTo", "缺少截止日期。");
            }
        } else if (to.isBefore(from)) {
            reader.fault("validTo", "截止日期不能早于生效日期。");
        } else if (to.isAfter(from.plusYears(MAX_YEARS))) {
            reader.fault("validTo", "期限不能超过一年。");
        }
        boolean says = expectedVolume != null && !expectedVolume.isBlank();
        return new PriceTerms(
                reader.required("reason", "理由", reason, REASON_LENGTH),
                reader.text("competitor", "竞争对手", competitor, 200),
                from,
                to,
                says ? reader.quantity("expectedVolume", "预计采购量", expectedVolume) : null);
    }
}
