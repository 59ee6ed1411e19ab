package com.shunpi.verification;

import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Verifications: opened by a process, decided by another person, asked for by whoever acts on the result. */
@Service
@Transactional
public class VerificationService {

    private final Verifications verifications;
    private final DocumentNumbers numbers;
    private final Clock clock;

    VerificationService(Verifications verifications, DocumentNumbers numbers, Clock clock) {
        this.verifications = verifications;
        this.numbers = numbers;
        this.clock = clock;
    }

    /**
     * Opens a verification of exactly these values.
     *
     * @param fingerprint digest of what is verified (V3)
     * @param preparedBy who answers for the values
     * @param parties everybody else who acted on the document (V1)
     * @return its number
     */
    public String open(
            DocumentType type, String documentNumber, String fingerprint, String preparedBy, Set<String> parties) {
        Verification verification = new Verification(
                numbers.next("DV"), type, documentNumber, fingerprint, preparedBy, parties, Instant.now(clock));
        return verifications.save(verification).verificationNumber();
    }

    /**
     * Who verified exactly these values of the document; empty when nobody did. The effect asks this in its own
     * transaction, so no way around the task helps (V1, V3).
     */
    @Transactional(readOnly = true)
    public Optional<String> verifierOf(DocumentType type, String documentNumber, String fingerprint) {
        return verifications
                .findFirstByDocumentNumberAndDocumentTypeAndFingerprintAndStatusOrderByVerifiedAtDesc(
                        documentNumber, type, fingerprint, Verification.Status.AGREED)
                .map(Verification::verifiedBy);
    }

    /** Voids what was verified or is being verified of a document (V3, R11). */
    public void annul(String documentNumber) {
        verifications.findByDocumentNumber(documentNumber).forEach(Verification::annul);
    }

    Verification decide(String verificationNumber, String verifier, boolean agrees, String comment) {
        Verification verification = verification(verificationNumber);
        verification.decide(verifier, agrees, comment, Instant.now(clock));
        return verification;
    }

    @Transactional(readOnly = true)
    Verification verification(String verificationNumber) {
        return verifications
                .findById(verificationNumber)
                .orElseThrow(() -> RefusedException.notFound("没有复核单 " + verificationNumber + "。"));
    }
}
