package com.shunpi.verification;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Verifications extends JpaRepository<Verification, String> {

    /** The newest in which exactly these values of the document agreed. */
    @Query("select v.verificationNumber, v.verifiedBy, case when v.overrideFor is null then false else true end"
            + " from Verification v where v.documentNumber = :documentNumber and v.documentType = :type"
            + " and v.fingerprint = :fingerprint and v.status = AGREED order by v.verifiedAt desc limit 1")
    Optional<Agreement> agreed(DocumentType type, String documentNumber, String fingerprint);

    @Query("select v from Verification v left join fetch v.parties left join fetch v.values"
            + " where v.documentNumber = :documentNumber")
    List<Verification> of(String documentNumber);

    @Query("select v from Verification v left join fetch v.parties left join fetch v.values"
            + " where v.documentType = :type and v.documentNumber = :documentNumber")
    List<Verification> of(DocumentType type, String documentNumber);

    /** How often this document of this type was found not to agree (V4). */
    @Query("select count(v) from Verification v where v.documentType = :type and v.documentNumber = :documentNumber"
            + " and v.mismatchBy is not null")
    long mismatches(DocumentType type, String documentNumber);

    /** What was found not to agree (the status given) and has not been presented again. */
    @Query("select v from Verification v where v.documentType = :type and v.documentNumber = :documentNumber"
            + " and v.status = :status"
            + " and not exists (select n from Verification n where n.repeats = v.verificationNumber)"
            + " order by v.openedAt desc, v.verificationNumber desc limit 1")
    Optional<Verification> unanswered(DocumentType type, String documentNumber, Verification.Status status);

    List<Verification> findTop200ByStatusOrderByOpenedAtAscVerificationNumberAsc(Verification.Status status);

    /** The open ones among these that the user had a hand in, without an override (V1). */
    @Query("select v.verificationNumber from Verification v where v.verificationNumber in :numbers and v.status = OPEN"
            + " and :userId member of v.parties and not exists (select o from VerificationOverride o"
            + " where o.key.verificationNumber = v.verificationNumber and o.key.userId = :userId)")
    Set<String> refused(Collection<String> numbers, String userId);
}
