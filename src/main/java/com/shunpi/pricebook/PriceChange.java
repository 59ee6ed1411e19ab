package com.shunpi.pricebook;

import com.shunpi.shared.RefusedException;
import com.shunpi.verification.Agreement;
import com.shunpi.verification.PreparedValue;
import com.shunpi.verification.VerificationService;
import com.shunpi.verification.VerifiedField;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** One new list price of a product, or one new discount of a customer, from a day on (P4). */
@Entity
class PriceChange {

    enum Kind {
        LIST_PRICE,
        CUSTOMER_DISCOUNT
    }

    enum Status {
        /** Waits for the supervisor. */
        PREPARED("待主管确认"),
        /** Confirmed, and waits for its day. */
        CONFIRMED("已确认，待生效"),
        EFFECTIVE("已生效"),
        WITHDRAWN("已撤回");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    @Id
    private String changeNumber;

    @Version
    private Integer version;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String productCode;
    private String customerCode;
    private String subject;
    private BigDecimal oldValue;
    private BigDecimal newValue;
    private LocalDate effectiveOn;

    @Enumerated(EnumType.STRING)
    private Status status;

    // unique in the table and null when closed: no two changes of the same price wait at once (F5)
    private String openKey;

    private String preparedBy;
    private Instant preparedAt;
    private String confirmedBy;
    private String verificationOverride;
    private Instant confirmedAt;
    private Instant effectiveAt;

    protected PriceChange() {}

    /** @param subject what it is about, in words: 产品 P-100 接线端子 目录价 */
    PriceChange(
            String changeNumber,
            Kind kind,
            String code,
            String subject,
            BigDecimal oldValue,
            BigDecimal newValue,
            LocalDate effectiveOn,
            String preparedBy,
            Instant preparedAt) {
        this.changeNumber = changeNumber;
        this.kind = kind;
        productCode = kind == Kind.LIST_PRICE ? code : null;
        customerCode = kind == Kind.CUSTOMER_DISCOUNT ? code : null;
        this.subject = subject;
        this.oldValue = oldValue;
        this.newValue = newValue;
        this.effectiveOn = effectiveOn;
        this.preparedBy = preparedBy;
        this.preparedAt = preparedAt;
        status = Status.PREPARED;
        openKey = kind + "/" + code;
    }

    /** The preparer corrects what did not agree. */
    void correct(BigDecimal newValue, LocalDate effectiveOn, String actor) {
        mustBe(Status.PREPARED);
        this.newValue = newValue;
        this.effectiveOn = effectiveOn;
        preparedBy = actor;
    }

    /** Another person verified exactly these values. Refused on the preparer's own word (P4, V1). */
    void confirm(Agreement proof, Instant now) {
        mustBe(Status.PREPARED);
        if (proof.verifiedBy().equals(preparedBy) && !proof.byOverride()) {
            throw RefusedException.forbidden("价格变更须由准备人以外的主管确认。");
        }
        status = Status.CONFIRMED;
        confirmedBy = proof.verifiedBy();
        verificationOverride = proof.byOverride() ? proof.verificationNumber() : null;
        confirmedAt = now;
    }

    /** It is in the master data now. Refused before its day. */
    void takeEffect(LocalDate today, Instant now) {
        mustBe(Status.CONFIRMED);
        if (effectiveOn.isAfter(today)) {
            throw RefusedException.conflict("价格变更 " + changeNumber + " 自 " + effectiveOn + " 起生效。");
        }
        status = Status.EFFECTIVE;
        openKey = null;
        effectiveAt = now;
    }

    void withdraw() {
        mustBe(Status.PREPARED);
        status = Status.WITHDRAWN;
        openKey = null;
    }

    private void mustBe(Status expected) {
        if (status != expected) {
            throw RefusedException.conflict("价格变更 " + changeNumber + " " + status.label() + "，不能执行此操作。");
        }
    }

    /** What the supervisor compares with the source; the new value he keys blind (V2). */
    List<PreparedValue> values() {
        return List.of(
                PreparedValue.of(VerifiedField.SUBJECT, subject),
                PreparedValue.of(VerifiedField.NEW_VALUE, newValue.toPlainString()),
                PreparedValue.of(VerifiedField.EFFECTIVE_ON, effectiveOn.toString()));
    }

    String fingerprint() {
        return VerificationService.fingerprint(values());
    }

    String changeNumber() {
        return changeNumber;
    }

    Kind kind() {
        return kind;
    }

    /** Of the product or the customer. */
    String code() {
        return kind == Kind.LIST_PRICE ? productCode : customerCode;
    }

    String subject() {
        return subject;
    }

    BigDecimal oldValue() {
        return oldValue;
    }

    BigDecimal newValue() {
        return newValue;
    }

    LocalDate effectiveOn() {
        return effectiveOn;
    }

    Status status() {
        return status;
    }

    String preparedBy() {
        return preparedBy;
    }

    String confirmedBy() {
        return confirmedBy;
    }
}
