package com.shunpi.verification;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be compared with the source. Which of it is, for which document, stands in the decision table. */
public enum VerifiedField {
    PRODUCT,
    QUANTITY(true, true),
    UNIT_PRICE(true, true),
    AMOUNT(true, true),
    ACCOUNT(true, false),
    TAX_NUMBER(true, false),
    NEW_VALUE(true, true),
    INVOICE_NUMBER,
    CUSTOMER,
    CONSIGNEE,
    PHONE,
    ADDRESS,
    CARRIER,
    WAYBILL,
    PIECES(false, true),
    SUBJECT,
    RECIPIENT,
    EFFECTIVE_ON;

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    // no exponents: a few characters must not become a very long number
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private final String code = camelCase(name());
    private final boolean sensitive;
    private final boolean number;

    VerifiedField() {
        this(false, false);
    }

    VerifiedField(boolean sensitive, boolean number) {
        this.sensitive = sensitive;
        this.number = number;
    }

    /** The word for it in tables, JSON and paths, e.g. {@code unitPrice}. */
    public String code() {
        return code;
    }

    private static String camelCase(String name) {
        StringBuilder code = new StringBuilder();
        for (String word : name.toLowerCase(Locale.ROOT).split("_")) {
            code.append(code.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return code.toString();
    }

    static Optional<VerifiedField> of(String code) {
        return Arrays.stream(values())
                .filter(field -> field.code().equals(code))
                .findFirst();
    }

    /** Whether V2 demands that it is keyed without being seen. */
    boolean isSensitive() {
        return sensitive;
    }

    boolean isNumber() {
        return number;
    }

    /** What two people typed is the same when it means the same: 12.24 and 12.2400, a tax number with and without blanks. */
    boolean same(String one, String other) {
        if (number) {
            Optional<BigDecimal> first = numberIn(one);
            Optional<BigDecimal> second = numberIn(other);
            return first.isPresent() && second.isPresent() && first.get().compareTo(second.get()) == 0;
        }
        return plain(one).equals(plain(other));
    }

    /** The number somebody typed, with thousands separators or a currency sign; empty when it is none. */
    static Optional<BigDecimal> numberIn(String text) {
        String plain = plain(text).replace(",", "").replace("¥", "").replace("元", "");
        return plain.length() <= 30 && NUMBER.matcher(plain).matches()
                ? Optional.of(new BigDecimal(plain))
                : Optional.empty();
    }

    private static String plain(String text) {
        return text == null
                ? ""
                : BLANKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                        .replaceAll("")
                        .toUpperCase(Locale.ROOT);
    }
}
