package com.shunpi.pricebook;

import com.shunpi.shared.Fault;
import com.shunpi.shared.Money;
import com.shunpi.shared.RefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A price change as JSON, every value still text.
 *
 * @param productCode for a list price; null for a discount
 * @param customerCode for a discount; null for a list price
 * @param newValue the list price in CNY, or the part of the list price the customer pays: {@code 0.35} = 3.5 折
 * @param effectiveOn ISO date, today or later
 */
record PriceChangeInput(String productCode, String customerCode, String newValue, String effectiveOn) {

    private static final LocalDate LATEST = LocalDate.of(2100, 12, 31);

    /** What was read of it. */
    record Terms(PriceChange.Kind kind, String code, BigDecimal newValue, LocalDate effectiveOn) {}

    /** Refuses with one fault per value that cannot be read. */
    Terms read(LocalDate today) {
        List<Fault> faults = new ArrayList<>();
        boolean product = isSet(productCode);
        if (product == isSet(customerCode)) {
            faults.add(Fault.of("productCode", "请填写产品编码（改目录价）或客户编码（改结算折扣），二者只填一个。"));
        }
        PriceChange.Kind kind = product ? PriceChange.Kind.LIST_PRICE : PriceChange.Kind.CUSTOMER_DISCOUNT;
        BigDecimal value = value(kind, faults);
        LocalDate day = day(today, faults);
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
        return new Terms(kind, (product ? productCode : customerCode).strip(), value, day);
    }

    private BigDecimal value(PriceChange.Kind kind, List<Fault> faults) {
        String text = newValue == null ? "" : newValue.strip();
        BigDecimal value = text.length() <= 20 && text.matches("\\d+(\\.\\d+)?") ? new BigDecimal(text) : null;
        boolean fits = value != null && Money.fits(value, 4) && value.signum() > 0;
        if (kind == PriceChange.Kind.LIST_PRICE && !fits) {
            faults.add(Fault.of("newValue", "新目录价应为大于 0、最多四位小数的数。"));
        } else if (kind == PriceChange.Kind.CUSTOMER_DISCOUNT && (!fits || value.compareTo(BigDecimal.ONE) > 0)) {
            faults.add(Fault.of("newValue", "新结算折扣应大于 0、不超过 1，最多四位小数（0.35 表示 3.5 折）。"));
        }
        return fits ? value.setScale(4) : null;
    }

    private LocalDate day(LocalDate today, List<Fault> faults) {
        try {
            LocalDate day = LocalDate.parse(effectiveOn == null ? "" : effectiveOn.strip());
            if (day.isBefore(today) || day.isAfter(LATEST)) {
                faults.add(Fault.of("effectiveOn", "生效日期不能早于今天（" + today + "）。"));
            }
            return day;
        } catch (DateTimeParseException e) {
            faults.add(Fault.of("effectiveOn", "请填写生效日期（如 2026-12-01）。"));
            return null;
        }
    }

    private static boolean isSet(String text) {
        return text != null && !text.isBlank();
    }
}
