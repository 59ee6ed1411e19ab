package com.shunpi.verification;

import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.hibernate.annotations.BatchSize;
import org.springframework.data.domain.Persistable;

/**
 * One comparison of a document with its source by someone who had no hand in it (V1), bound to its values (V3). What is
 * compared is fixed when it is opened; a table edited meanwhile leaves it alone.
 */
@Entity
class Verification implements Persistable<String> {

    /** The mismatch of a document that goes to the supervisor (V4). */
    static final int MISMATCHES_BEFORE_SUPERVISOR = 3;

    static final int KEYED_LENGTH = 1000;

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

    // unique in the table and null when closed: no second open one of the same document (F5)
    private String openKey;

    @Enumerated(EnumType.STRING)
    private VerificationQueue queue;

    private String repeats;
    private Instant openedAt;
    private String mismatchBy;
    private Instant escalatedAt;
    private String verifiedBy;
    private String overrideFor;
    private Instant verifiedAt;
    private String comment;

    // read with the verification, in one statement: whoever works with it looks at its parties and values
    @ElementCollection(fetch = FetchType.EAGER)
    @BatchSize(size = 100)
    @CollectionTable(name = "verification_party", joinColumns = @JoinColumn(name = "verification_number"))
    @Column(name = "user_id")
    private Set<String> parties = new HashSet<>();

    @ElementCollection(fetch = FetchType.EAGER)
    @BatchSize(size = 100)
    @CollectionTable(name = "verification_field", joinColumns = @JoinColumn(name = "verification_number"))
    @OrderColumn(name = "position")
    private List<CheckedValue> values = new ArrayList<>();

    protected Verification() {}

    /** @param repeats number of the verification whose mismatch this one answers; null when it is the first */
    Verification(
            String verificationNumber,
            DocumentType documentType,
            String documentNumber,
            String fingerprint,
            String preparedBy,
            Set<String> parties,
            List<CheckedValue> values,
            VerificationQueue queue,
            String repeats,
            Instant openedAt) {
        this.verificationNumber = verificationNumber;
        this.documentType = documentType;
        this.documentNumber = documentNumber;
        this.fingerprint = fingerprint;
        this.preparedBy = preparedBy;
        this.parties.addAll(parties);
        this.parties.add(preparedBy);
        this.values.addAll(values);
        this.queue = queue;
        this.repeats = repeats;
        this.openedAt = openedAt;
        status = Status.OPEN;
        openKey = openKey(documentType, documentNumber);
    }

    static String openKey(DocumentType type, String documentNumber) {
        return type.code() + "/" + documentNumber;
    }

    /**
     * The verifier commits himself. What he keyed counts before what he says: a value that differs is a mismatch (V2).
     *
     * @param overridden whether an override lets him verify what he acted on
     * @param keyed what he keyed without seeing it, by path; needed in full for an agreement
     * @param earlierMismatches of the same document, for which the last one goes to the supervisor (V4)
     */
    void decide(
            String verifier,
            boolean overridden,
            boolean agrees,
            String comment,
            Map<String, String> keyed,
            LongSupplier earlierMismatches,
            Instant now) {
        mustBeStranger(verifier, overridden);
        mustBeOpen();
        if (escalatedAt != null) {
            throw RefusedException.conflict("复核 " + verificationNumber + " 已转主管处理。");
        }
        take(keyed, agrees);
        boolean agreed = agrees && differences().isEmpty();
        this.comment = comment;
        if (agreed) {
            close(Status.AGREED, verifier, now);
            return;
        }
        // counted before this one is among them
        long earlier = earlierMismatches.getAsLong();
        mismatchBy = verifier;
        // one that was opened before values were kept has nothing a supervisor could compare
        if (earlier + 1 >= MISMATCHES_BEFORE_SUPERVISOR && !values.isEmpty()) {
            escalatedAt = now;
        } else {
            close(Status.MISMATCH, verifier, now);
        }
    }

    private void take(Map<String, String> keyed, boolean wantsAll) {
        List<Fault> faults = new ArrayList<>();
        for (CheckedValue value : values) {
            String typed = keyed.get(value.path());
            boolean missing = typed == null || typed.isBlank();
            if (value.isBlind() && missing && wantsAll) {
                faults.add(Fault.of(value.path(), "请录入" + value.label() + "。"));
            } else if (!missing && typed.length() > KEYED_LENGTH) {
                faults.add(Fault.of(value.path(), value.label() + "不能超过 " + KEYED_LENGTH + " 个字。"));
            } else if (value.isBlind()
                    && !missing
                    && value.field().isNumber()
                    && VerifiedField.numberIn(typed).isEmpty()) {
                faults.add(Fault.of(value.path(), value.label() + "应为数字。"));
            }
        }
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
        values.stream()
                .filter(value -> value.isBlind() && keyed.get(value.path()) != null)
                .filter(value -> !keyed.get(value.path()).isBlank())
                .forEach(value -> value.key(keyed.get(value.path()).strip()));
    }

    /** The supervisor stands for the prepared values after comparing them with the source, or sends them back (V4). */
    void supervise(String supervisor, boolean overridden, boolean upholds, String comment, Instant now) {
        mustBeStranger(supervisor, overridden);
        mustBeOpen();
        if (escalatedAt == null) {
            throw RefusedException.conflict("复核 " + verificationNumber + " 未转主管处理。");
        }
        this.comment = comment;
        close(upholds ? Status.AGREED : Status.MISMATCH, supervisor, now);
    }

    private void close(Status result, String verifier, Instant now) {
        status = result;
        openKey = null;
        verifiedBy = verifier;
        overrideFor = parties.contains(verifier) ? verifier : null;
        verifiedAt = now;
    }

    private void mustBeOpen() {
        if (status != Status.OPEN) {
            throw RefusedException.conflict("复核 " + verificationNumber + " 已结束。");
        }
    }

    /** Refused to everybody who acted on the document (V1), but for whom the glass was broken. */
    void mustBeStranger(String user, boolean overridden) {
        if (isParty(user) && !overridden) {
            throw RefusedException.forbidden("您录入或审核过单据 " + documentNumber + "，请由另一人复核（双人复核）。");
        }
    }

    boolean isParty(String user) {
        return parties.contains(user);
    }

    /** A document that is changed or withdrawn is no longer what was verified (V3). */
    void annul() {
        if (status == Status.OPEN || status == Status.AGREED) {
            status = Status.VOID;
            openKey = null;
        }
    }

    /** The word the gateway reads. */
    String outcome() {
        return switch (status) {
            case AGREED -> "agree";
            case OPEN -> escalatedAt == null ? "mismatch" : "supervise";
            case MISMATCH, VOID -> documentType.isCorrectedHere() ? "correct" : "mismatch";
        };
    }

    /** Whether anything of it is keyed without being seen (V2). */
    boolean hasBlindValues() {
        return values.stream().anyMatch(CheckedValue::isBlind);
    }

    /** The difference sheet. */
    List<String> differences() {
        return values.stream()
                .filter(CheckedValue::differs)
                .map(CheckedValue::difference)
                .toList();
    }

    List<CheckedValue> values() {
        return List.copyOf(values);
    }

    Set<String> parties() {
        return Set.copyOf(parties);
    }

    @Override
    public String getId() {
        return verificationNumber;
    }

    /** Said here, since Spring Data would find it out by an exception. */
    @Override
    public boolean isNew() {
        return version == null;
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

    /** Null for one that was opened before the table named queues. */
    VerificationQueue queue() {
        return queue;
    }

    String repeats() {
        return repeats;
    }

    Instant openedAt() {
        return openedAt;
    }

    /** Who found that it does not agree; null when nobody did. */
    String mismatchBy() {
        return mismatchBy;
    }

    boolean isEscalated() {
        return escalatedAt != null;
    }

    String verifiedBy() {
        return verifiedBy;
    }

    boolean isByOverride() {
        return overrideFor != null;
    }

    Instant verifiedAt() {
        return verifiedAt;
    }

    String comment() {
        return comment;
    }
}
