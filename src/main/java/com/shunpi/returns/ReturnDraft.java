package com.shunpi.returns;

import java.util.List;
import java.util.StringJoiner;

/**
 * An application as it was sent (T1), every value read.
 *
 * @param attachments ids of files the applicant uploaded before
 */
record ReturnDraft(
        String source,
        String externalNumber,
        String orderNumber,
        String customerCode,
        ReturnReason reason,
        String description,
        List<Line> lines,
        List<String> attachments) {

    /** @param orderLine counts from 0, as the order's lines do */
    record Line(int orderLine, int quantity, ReturnOutcome wanted) {}

    /** SHA-256 of the content: the same application sent again has the same one. */
    String digest() {
        // length before value, so that no two contents run together into the same text
        StringJoiner text = new StringJoiner("|");
        for (String value : List.of(source, externalNumber, orderNumber, customerCode, reason.code(), description)) {
            text.add(value.length() + ":" + value);
        }
        lines.forEach(line -> text.add(line.orderLine() + " " + line.quantity() + " " + line.wanted()));
        attachments.forEach(text::add);
        return Digest.sha256(text.toString());
    }
}
