package com.shunpi.order;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * An order as somebody sent it: readable, but not yet looked at. Whatever R1 asks for may still be missing (null), apart
 * from the source, the customer and the lines.
 *
 * @param orderedAt null when the sender does not say: the time of receipt then
 */
public record OrderDraft(
        String source,
        String externalNumber,
        String customerCode,
        LocalDate requiredDate,
        String deliveryMode,
        String consignee,
        String phone,
        String address,
        Instant orderedAt,
        boolean urgent,
        String remark,
        List<Line> lines) {

    /** @param unitPrice CNY, at most four decimals */
    public record Line(String productCode, int quantity, BigDecimal unitPrice) {}

    public OrderDraft {
        lines = List.copyOf(lines);
    }

    /** SHA-256 of the content: the same order sent again has the same one, whatever the way it came (R6). */
    String digest() {
        // length before value, so that no two contents run together into the same text
        StringJoiner text = new StringJoiner("|");
        for (Object value : new Object[] {
            source,
            externalNumber,
            customerCode,
            requiredDate,
            deliveryMode,
            consignee,
            phone,
            address,
            orderedAt,
            urgent,
            remark
        }) {
            String part = value == null ? "" : value.toString();
            text.add(part.length() + ":" + part);
        }
        for (Line line : lines) {
            text.add(line.productCode() + " " + line.quantity() + " "
                    + line.unitPrice().stripTrailingZeros().toPlainString());
        }
        return sha256(text.toString());
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
