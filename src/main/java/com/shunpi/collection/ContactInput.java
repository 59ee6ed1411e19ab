package com.shunpi.collection;

import com.shunpi.shared.FieldReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;

/**
 * A contact with the customer as the page sends it (C4); all texts, so that each that cannot be read is named.
 *
 * @param contactedOn ISO date; empty means today
 * @param means phone, visit, message, mail or other
 * @param promisedOn ISO date; with it {@code promisedAmount}, or neither (C5)
 */
record ContactInput(
        String contactedOn, String person, String means, String said, String promisedOn, String promisedAmount) {

    static final Set<String> MEANS = Set.of("phone", "visit", "message", "mail", "other");

    /** @param promisedOn null when nothing was promised */
    record Read(
            LocalDate contactedOn,
            String person,
            String means,
            String said,
            LocalDate promisedOn,
            BigDecimal promisedAmount) {}

    /** Faults are added to the reader; the caller checks it. */
    Read read(FieldReader reader, LocalDate today, int farthestPromise) {
        LocalDate on = reader.date("contactedOn", "联系日期", contactedOn);
        LocalDate day = on == null ? today : on;
        if (day.isAfter(today)) {
            reader.fault("contactedOn", "联系日期不能晚于今天。");
        }
        String who = reader.required("person", "对方联系人", person, 80);
        String how = reader.required("means", "联系方式", means, 10);
        if (how != null && !MEANS.contains(how)) {
            reader.fault("means", "没有这种联系方式：" + how);
        }
        String what = reader.required("said", "客户说了什么", said, 1000);
        LocalDate until = reader.date("promisedOn", "承诺日期", promisedOn);
        boolean promises = until != null || promisedAmount != null && !promisedAmount.isBlank();
        if (promises && until == null) {
            reader.fault("promisedOn", "请填写承诺付款的日期。");
        } else if (promises && until.isBefore(today)) {
            reader.fault("promisedOn", "承诺日期不能早于今天：" + until);
        } else if (promises && until.isAfter(today.plusDays(farthestPromise))) {
            reader.fault("promisedOn", "承诺日期不能晚于 " + farthestPromise + " 天以后。");
        }
        BigDecimal amount = promises ? reader.amount("promisedAmount", "承诺金额", promisedAmount) : null;
        return new Read(day, who, how, what, until, amount);
    }
}
