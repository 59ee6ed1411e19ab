package com.shunpi.verification;

import com.shunpi.shared.RefusedException;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** One comparison of a document with its source by someone who had no hand in it (V1), bound to its values (V3). */
@Entity
class Verification {

    enum Status {
        OPEN,
        AGREED,
        MISMATCH,
        VOID
    }

    @Id
    private String verificationNumber;

    @Version
    private Integer version;

    @Enumerated(EnumType.STRING)
    private DocumentType documentType;

    private String documentNumber;
    private String fingerprint;
    private String preparedBy;

    @Enumerated(EnumType.STRING)
    private Status status;

    private Instant openedAt;
    private String verifiedBy;
    private Instant verifiedAt;
    private String comment;

    @ElementCollection
    @CollectionTable(name = "verification_party", joinColumns = @JoinColumn(name = "verification_number"))
    @Column(name = "user_id")
    private Set<String> parties = new HashSet<>();

    protected Verification() {}

    Verification(
            String verificationNumber,
            DocumentType documentType,
            String documentNumber,
            String fingerprint,
            String preparedBy,
            Set<String> parties,
            Instant openedAt) {
        this.verificationNumber = verificationNumber;
        this.documentType = documentType;
        this.documentNumber = documentNumber;
        this.fingerprint = fingerprint;
        this.preparedBy = preparedBy;
        this.parties.addAll(parties);
        this.parties.add(preparedBy);
        this.openedAt = openedAt;
        status = Status.OPEN;
    }

    /** Refused to everybody who acted on the document (V1), and when it is no longer open. */
    void decide(String verifier, boolean agrees, String comment, Instant now) {
        mustBeStranger(verifier);
        if (status != Status.OPEN) {
            throw RefusedException.conflict("复核 " + verificationNumber + " 已结束。");
        }
        status = agrees ? Status.AGREED : Status.MISMATCH;
        verifiedBy = verifier;
        verifiedAt = now;
        this.comment = comment;
    }

    void mustBeStranger(String user) {
        if (parties.contains(user)) {
            throw RefusedException.forbidden("您录入或审核过单据 " + documentNumber + "，请由另一人复核（双人复核）。");
        }
    }

    /** A document that is changed or withdrawn is no longer what was verified (V3). */
    void annul() {
        if (status == Status.OPEN || status == Status.AGREED) {
            status = Status.VOID;
        }
    }

    String verificationNumber() {
        return verificationNumber;
    }

    DocumentType documentType() {
        return documentType;
    }

    String documentNumber() {
        return documentNumber;
    }

    String fingerprint() {
        return fingerprint;
    }

    String preparedBy() {
        return preparedBy;
    }

    Status status() {
        return status;
    }

    String verifiedBy() {
        return verifiedBy;
    }

    Instant verifiedAt() {
        return verifiedAt;
    }

    String comment() {
        return comment;
    }
}
