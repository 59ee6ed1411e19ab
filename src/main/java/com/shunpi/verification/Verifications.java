package com.shunpi.verification;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface Verifications extends JpaRepository<Verification, String> {

    Optional<Verification> findFirstByDocumentNumberAndDocumentTypeAndFingerprintAndStatusOrderByVerifiedAtDesc(
            String documentNumber, DocumentType type, String fingerprint, Verification.Status status);

    List<Verification> findByDocumentNumber(String documentNumber);
}
