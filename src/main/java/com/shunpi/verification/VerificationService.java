package com.shunpi.verification;

import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.function.SingletonSupplier;

/** Verifications: opened by a process, decided by another person, asked for by whoever acts on the result. */
@Service
@Transactional
public class VerificationService {

    private static final int VALUE_LENGTH = 400;
    private static final Pattern NUMBER = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,29}");
    /** Numbers of our own documents: a request that borrows one would hide that document from its readers. */
    private static final Pattern OURS = Pattern.compile("(?i)(SO|DV|SP|RT|CF|PC)-.*");

    private final Verifications verifications;
    private final VerificationOverrides overrides;
    private final VerificationTable table;
    private final VerificationMails mails;
    // looked up once, when they are needed first: they need this service
    private final Supplier<List<VerifiedDocuments>> documents;
    private final DocumentNumbers numbers;
    private final Clock clock;

    VerificationService(
            Verifications verifications,
            VerificationOverrides overrides,
            VerificationTable table,
            VerificationMails mails,
            ObjectProvider<VerifiedDocuments> documents,
            DocumentNumbers numbers,
            Clock clock) {
        this.verifications = verifications;
        this.overrides = overrides;
        this.table = table;
        this.mails = mails;
        this.documents = SingletonSupplier.of(() -> documents.stream().toList());
        this.numbers = numbers;
        this.clock = clock;
    }

    /**
     * Opens a verification of exactly these values. Which of them are checked, and which blind, the decision table says
     * at this moment.
     *
     * @param fingerprint digest of what is verified (V3)
     * @param preparedBy who answers for the values
     * @param parties everybody else who acted on the document (V1)
     * @param values all the document has; refused by the contract test when the table asks for one that is not among them
     * @return its number
     * @throws RefusedException as a conflict, while another one of the same document is open (F5)
     */
    public String open(
            DocumentType type,
            String documentNumber,
            String fingerprint,
            String preparedBy,
            Set<String> parties,
            List<PreparedValue> values) {
        List<Verification> earlier = verifications.of(type, documentNumber);
        earlier.stream()
                .filter(verification -> verification.status() == Verification.Status.OPEN)
                .findFirst()
                .ifPresent(open -> {
                    throw RefusedException.conflict(
                            type.label() + " " + documentNumber + " 已在复核中（" + open.verificationNumber() + "），不能重复申请。");
                });
        String repeats =
                unanswered(earlier).map(Verification::verificationNumber).orElse(null);
        Verification verification = new Verification(
                numbers.next("DV"),
                type,
                documentNumber,
                fingerprint,
                preparedBy,
                parties,
                checked(type, values),
                table.queue(type),
                repeats,
                now());
        return verifications.saveAndFlush(verification).verificationNumber();
    }

    /** The newest in which the document did not agree, that none of the others answers. */
    private static Optional<Verification> unanswered(List<Verification> verifications) {
        Set<String> answered = verifications.stream()
                .map(Verification::repeats)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return verifications.stream()
                .filter(verification -> verification.status() == Verification.Status.MISMATCH
                        && !answered.contains(verification.verificationNumber()))
                .max(Comparator.comparing(Verification::openedAt).thenComparing(Verification::verificationNumber));
    }

    /** Line by line, and what belongs to the whole document last: the way one reads a paper. */
    private List<CheckedValue> checked(DocumentType type, List<PreparedValue> values) {
        Map<VerifiedField, VerificationTable.Row> rows =
                table.rows(type).stream().collect(Collectors.toMap(VerificationTable.Row::field, row -> row));
        Set<VerifiedField> given = values.stream().map(PreparedValue::field).collect(Collectors.toSet());
        if (rows.isEmpty() || !given.containsAll(rows.keySet())) {
            throw new IllegalStateException(
                    "The decision table asks for values of " + type.code() + " it does not have");
        }
        return values.stream()
                .filter(value -> rows.containsKey(value.field()))
                .sorted(Comparator.comparing(PreparedValue::line, Comparator.nullsLast(Comparator.naturalOrder())))
                .map(value -> new CheckedValue(value, rows.get(value.field())))
                .toList();
    }

    /**
     * The proof that exactly these values of the document were verified; empty when nobody did. The effect asks this in
     * its own transaction, so no way around the task helps (V1, V3).
     */
    @Transactional(readOnly = true)
    public Optional<Agreement> agreement(DocumentType type, String documentNumber, String fingerprint) {
        return verifications.agreed(type, documentNumber, fingerprint);
    }

    /** Voids what was verified or is being verified of a document (V3, R11). */
    public void annul(String documentNumber) {
        verifications.of(documentNumber).forEach(Verification::annul);
    }

    /** Who prepared it and who acted on it before, over all its verifications: none of them verifies it (V1). */
    @Transactional(readOnly = true)
    public Set<String> partiesOf(DocumentType type, String documentNumber) {
        Set<String> parties = new HashSet<>();
        verifications.of(documentNumber).stream()
                .filter(verification -> verification.documentType() == type)
                .forEach(verification -> parties.addAll(verification.parties()));
        return parties;
    }

    /** SHA-256 of the values, for a document that has no fingerprint of its own. */
    public static String fingerprint(List<PreparedValue> values) {
        String text = values.stream()
                .map(value -> value.path() + "=" + value.value())
                .sorted()
                .collect(Collectors.joining("\n"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Verification decide(
            String verificationNumber, String verifier, boolean agrees, String comment, Map<String, String> keyed) {
        Verification verification = verification(verificationNumber);
        verification.decide(
                verifier,
                isOverridden(verification, verifier),
                agrees,
                comment,
                keyed,
                () -> verifications.mismatches(verification.documentType(), verification.documentNumber()),
                now());
        return verification;
    }

    Verification supervise(String verificationNumber, String supervisor, boolean upholds, String comment) {
        Verification verification = verification(verificationNumber);
        verification.supervise(supervisor, isOverridden(verification, supervisor), upholds, comment, now());
        return verification;
    }

    /** Lets the verified document take effect where it is kept by a module of ours; elsewhere its process goes on. */
    void apply(String verificationNumber) {
        Verification verification = verification(verificationNumber);
        keeper(verification.documentType()).ifPresent(documents -> documents.verified(verification.documentNumber()));
    }

    /** Why somebody may not verify; empty when he may. Unknown numbers exclude nobody: nothing can be verified there. */
    @Transactional(readOnly = true)
    Optional<String> refusal(String verificationNumber, String userId) {
        return verifications
                .findById(verificationNumber == null ? "" : verificationNumber)
                .filter(verification -> verification.isParty(userId) && !isOverridden(verification, userId))
                .map(verification -> userId + " 录入或审核过单据 " + verification.documentNumber() + "，请由另一人复核（双人复核）。");
    }

    /** Of some verifications, those that are open and that this user may not do. */
    @Transactional(readOnly = true)
    Set<String> refused(Collection<String> verificationNumbers, String userId) {
        return verificationNumbers.isEmpty() ? Set.of() : verifications.refused(verificationNumbers, userId);
    }

    /** Those that are open, the oldest first. */
    @Transactional(readOnly = true)
    List<Verification> open() {
        return verifications.findTop200ByStatusOrderByOpenedAtAscVerificationNumberAsc(Verification.Status.OPEN);
    }

    /** Only a party has anything to be excused from. */
    private boolean isOverridden(Verification verification, String userId) {
        return verification.isParty(userId)
                && overrides.existsById(new VerificationOverride.Key(verification.verificationNumber(), userId));
    }

    /**
     * Breaks the glass: lets one excluded person do one open verification (V1). The general manager is told at once.
     *
     * @param reason required
     */
    Verification breakGlass(String verificationNumber, String userId, String reason, String grantedBy) {
        Verification verification = verification(verificationNumber);
        if (userId.equals(grantedBy)) {
            throw RefusedException.forbidden("不能为自己破例，请由另一位总监或总经理批准。");
        }
        if (verification.status() != Verification.Status.OPEN) {
            throw RefusedException.conflict("复核 " + verificationNumber + " 已结束，不能破例。");
        }
        if (!verification.isParty(userId)) {
            throw RefusedException.invalid("userId", userId + " 没有办理过这张单据，不需要破例。");
        }
        VerificationOverride.Key key = new VerificationOverride.Key(verificationNumber, userId);
        if (overrides.existsById(key)) {
            throw RefusedException.conflict("已为 " + userId + " 破例，不必重复。");
        }
        VerificationOverride override = overrides.saveAndFlush(new VerificationOverride(key, reason, grantedBy, now()));
        mails.glassBroken(verification, override);
        return verification;
    }

    /**
     * Opens the verification of a paper that nothing else in the house keeps: a contract, an outgoing document, a sample.
     *
     * @param values what the preparer entered, by field code; every field the table names is needed
     */
    String request(String typeCode, String documentNumber, Map<String, String> values, String preparer) {
        List<Fault> faults = new ArrayList<>();
        Optional<DocumentType> type = DocumentType.of(typeCode).filter(DocumentType::isEnteredHere);
        if (type.isEmpty()) {
            faults.add(Fault.of("documentType", "请选择单据种类：合同、外发文件或样品。"));
        }
        String number = documentNumber == null ? "" : documentNumber.strip();
        if (!NUMBER.matcher(number).matches()) {
            faults.add(Fault.of("documentNumber", "请填写单据编号：最多 30 个文字、数字或 _ . -。"));
        } else if (OURS.matcher(number).matches()) {
            faults.add(Fault.of("documentNumber", "这个编号属于系统内的单据，请填写纸面单据自己的编号。"));
        }
        List<PreparedValue> entered =
                type.map(known -> entered(known, values, faults)).orElse(List.of());
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
        return open(type.get(), number, fingerprint(entered), preparer, partiesOf(type.get(), number), entered);
    }

    private List<PreparedValue> entered(DocumentType type, Map<String, String> values, List<Fault> faults) {
        List<PreparedValue> entered = new ArrayList<>();
        for (VerificationTable.Row row : table.rows(type)) {
            String value = values.get(row.field().code());
            String text = value == null ? "" : value.strip();
            if (text.isEmpty()) {
                faults.add(Fault.of(row.field().code(), "请填写" + row.label() + "。"));
            } else if (text.length() > VALUE_LENGTH) {
                faults.add(Fault.of(row.field().code(), row.label() + "不能超过 " + VALUE_LENGTH + " 个字。"));
            } else if (row.field().isNumber() && VerifiedField.numberIn(text).isEmpty()) {
                faults.add(Fault.of(row.field().code(), row.label() + "应为数字。"));
            } else {
                entered.add(PreparedValue.of(row.field(), text));
            }
        }
        return entered;
    }

    /** The preparer presents the corrected document: a verification of its own, which answers the old one. */
    String correct(String verificationNumber, Map<String, String> values, String actor) {
        Verification old = verification(verificationNumber);
        if (old.status() != Verification.Status.MISMATCH) {
            throw RefusedException.conflict("复核 " + verificationNumber + " 没有待补正的差异。");
        }
        DocumentType type = old.documentType();
        List<PreparedValue> corrected = keeper(type)
                .map(documents -> documents.correct(old.documentNumber(), values, actor))
                .orElseGet(() -> {
                    List<Fault> faults = new ArrayList<>();
                    List<PreparedValue> entered = entered(type, values, faults);
                    if (!faults.isEmpty()) {
                        throw RefusedException.invalid(faults);
                    }
                    return entered;
                });
        return open(type, old.documentNumber(), fingerprint(corrected), actor, old.parties(), corrected);
    }

    void withdraw(String verificationNumber) {
        Verification verification = verification(verificationNumber);
        keeper(verification.documentType()).ifPresent(documents -> documents.withdrawn(verification.documentNumber()));
    }

    private Optional<VerifiedDocuments> keeper(DocumentType type) {
        return documents.get().stream()
                .filter(documents -> documents.type() == type)
                .findFirst();
    }

    @Transactional(readOnly = true)
    Verification verification(String verificationNumber) {
        return verifications
                .findById(verificationNumber)
                .orElseThrow(() -> RefusedException.notFound("没有复核单 " + verificationNumber + "。"));
    }

    @Transactional(readOnly = true)
    List<Verification> of(String documentNumber) {
        return verifications.of(documentNumber);
    }

    /** The newest one in which the document did not agree, that nobody has answered yet; for the preparer's form. */
    @Transactional(readOnly = true)
    Optional<Verification> unanswered(DocumentType type, String documentNumber) {
        return verifications.unanswered(type, documentNumber, Verification.Status.MISMATCH);
    }

    private Instant now() {
        return Instant.now(clock);
    }
}
