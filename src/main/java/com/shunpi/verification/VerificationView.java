package com.shunpi.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A verification as the API shows it.
 *
 * @param blind true while the reader could do it himself: then the values he has to key are absent (V2)
 * @param differences both values beside each other, one line per value that differs; empty when none does
 * @param overrides whom the glass was broken for (V1)
 * @param refusal why the reader may not do it himself (V1); absent when he may, or it is decided
 * @param excluded whom the glass could be broken for; absent for who may not break it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerificationView(
        String verificationNumber,
        String documentType,
        String documentTypeLabel,
        String documentNumber,
        String status,
        String statusLabel,
        String preparedBy,
        String preparedByName,
        Instant openedAt,
        String verifiedBy,
        String verifiedByName,
        Instant verifiedAt,
        String comment,
        String repeats,
        boolean escalated,
        Boolean blind,
        List<Value> values,
        List<String> differences,
        List<Override> overrides,
        String refusal,
        List<Person> excluded) {

    record Person(String userId, String name) {}

    /**
     * One value.
     *
     * @param path under which the verifier hands in what he keyed
     * @param preparedValue absent while it is hidden
     * @param keyedValue absent while nobody has keyed it, or it is hidden
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Value(
            String path,
            String field,
            Integer line,
            String label,
            boolean blind,
            boolean number,
            String preparedValue,
            String keyedValue,
            boolean differs) {}

    record Override(
            String userId, String name, String reason, String grantedBy, String grantedByName, Instant grantedAt) {}

    /** One that waits for somebody, as a list shows it. */
    record Open(
            String verificationNumber,
            String documentTypeLabel,
            String documentNumber,
            String preparedByName,
            Instant openedAt,
            boolean escalated) {}

    static VerificationView of(
            Verification verification,
            boolean hidden,
            List<VerificationOverride> overrides,
            String refusal,
            List<Person> excluded,
            UnaryOperator<String> names) {
        boolean open = verification.status() == Verification.Status.OPEN;
        return new VerificationView(
                verification.verificationNumber(),
                verification.documentType().code(),
                verification.documentType().label(),
                verification.documentNumber(),
                verification.status().name().toLowerCase(Locale.ROOT),
                label(verification),
                verification.preparedBy(),
                names.apply(verification.preparedBy()),
                verification.openedAt(),
                verification.verifiedBy() == null ? verification.mismatchBy() : verification.verifiedBy(),
                names.apply(verification.verifiedBy() == null ? verification.mismatchBy() : verification.verifiedBy()),
                verification.verifiedAt(),
                hidden ? null : verification.comment(),
                verification.repeats(),
                open && verification.isEscalated(),
                hidden ? true : null,
                verification.values().stream()
                        .map(value -> value(value, hidden))
                        .toList(),
                hidden ? List.of() : verification.differences(),
                overrides.stream()
                        .map(override -> new Override(
                                override.key().userId(),
                                names.apply(override.key().userId()),
                                override.reason(),
                                override.grantedBy(),
                                names.apply(override.grantedBy()),
                                override.grantedAt()))
                        .toList(),
                refusal,
                excluded);
    }

    private static Value value(CheckedValue value, boolean hidden) {
        boolean secret = hidden && value.isBlind();
        return new Value(
                value.path(),
                value.field().code(),
                value.line(),
                value.label(),
                value.isBlind(),
                value.field().isNumber(),
                secret ? null : value.preparedValue(),
                secret ? null : value.keyedValue(),
                !secret && value.differs());
    }

    private static String label(Verification verification) {
        return switch (verification.status()) {
            case OPEN -> verification.isEscalated() ? "待主管裁定" : "复核中";
            case AGREED -> "复核一致";
            case MISMATCH -> "复核不一致";
            case VOID -> "已作废";
        };
    }

    /** The fields somebody fills in to have a document of this type verified. */
    record Type(String documentType, String label, List<Field> fields) {}

    record Field(String field, String label, boolean blind, boolean number) {}

    static Type type(DocumentType type, List<VerificationTable.Row> rows) {
        return new Type(
                type.code(),
                type.label(),
                rows.stream()
                        .map(row -> new Field(
                                row.field().code(),
                                row.label(),
                                row.blind(),
                                row.field().isNumber()))
                        .toList());
    }
}
