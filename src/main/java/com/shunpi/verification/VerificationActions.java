package com.shunpi.verification;

import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.Groups;
import com.shunpi.workflow.HiddenContent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What somebody does with a verification outside its tasks: the deed, its record and its case in one transaction. */
@Component
@Transactional
class VerificationActions {

    private final VerificationService verifications;
    private final VerificationOverrides overrides;
    private final VerificationTable table;
    private final VerificationProcess process;
    private final DecisionRecorder decisions;
    private final Directory directory;
    private final HiddenContent hidden;
    private final CurrentActor actor;

    VerificationActions(
            VerificationService verifications,
            VerificationOverrides overrides,
            VerificationTable table,
            VerificationProcess process,
            DecisionRecorder decisions,
            Directory directory,
            HiddenContent hidden,
            CurrentActor actor) {
        this.verifications = verifications;
        this.overrides = overrides;
        this.table = table;
        this.process = process;
        this.decisions = decisions;
        this.directory = directory;
        this.hidden = hidden;
        this.actor = actor;
    }

    String request(String documentType, String documentNumber, Map<String, String> fields) {
        String number = verifications.request(documentType, documentNumber, fields, actor.id());
        process.start(number);
        return number;
    }

    void breakGlass(String number, String userId, String reason) {
        Verification verification = verifications.breakGlass(number, userId, reason, actor.id());
        decisions.record(
                number,
                verification.documentNumber(),
                VerificationProcess.KEY,
                "breakGlass",
                "破例复核",
                "override",
                reason,
                Map.of("verifier", userId, "preparedBy", verification.preparedBy()));
    }

    @Transactional(readOnly = true)
    VerificationView view(String number) {
        return view(verifications.verification(number));
    }

    @Transactional(readOnly = true)
    List<VerificationView> unanswered(String documentNumber) {
        return Arrays.stream(DocumentType.values())
                .map(type -> verifications.unanswered(type, documentNumber))
                .flatMap(Optional::stream)
                .map(this::view)
                .toList();
    }

    @Transactional(readOnly = true)
    VerificationView.Type type(DocumentType type) {
        return VerificationView.type(type, table.rows(type));
    }

    /** What waits for somebody, for whom the glass might have to be broken. */
    @Transactional(readOnly = true)
    List<VerificationView.Open> open() {
        Map<String, String> names = new HashMap<>();
        return verifications.open().stream()
                .map(verification -> new VerificationView.Open(
                        verification.verificationNumber(),
                        verification.documentType().label(),
                        verification.documentNumber(),
                        names.computeIfAbsent(verification.preparedBy(), directory::nameOf),
                        verification.openedAt(),
                        verification.isEscalated()))
                .toList();
    }

    private VerificationView view(Verification verification) {
        String number = verification.verificationNumber();
        boolean open = verification.status() == Verification.Status.OPEN;
        return VerificationView.of(
                verification,
                hidden.includes(number),
                overrides.findByKeyVerificationNumber(number),
                open ? verifications.refusal(number, actor.id()).orElse(null) : null,
                open && actor.isIn(VerificationController.GLASS_BREAKERS) ? excluded(verification) : null,
                user -> user == null ? null : directory.nameOf(user));
    }

    /** Whoever of the queue is kept away from it, but for the actor himself. */
    private List<VerificationView.Person> excluded(Verification verification) {
        return queue(verification).stream()
                .flatMap(group -> directory.membersOf(group).stream())
                .filter(person -> !person.id().equals(actor.id()))
                .filter(person -> verifications
                        .refusal(verification.verificationNumber(), person.id())
                        .isPresent())
                .map(person -> new VerificationView.Person(person.id(), person.name()))
                .distinct()
                .toList();
    }

    private static Set<String> queue(Verification verification) {
        if (verification.isEscalated()) {
            return Set.of(Groups.SALES_MANAGER, Groups.SALES_DIRECTOR);
        }
        return verification.queue() == null
                ? VerificationQueue.SALES.groups()
                : verification.queue().groups();
    }
}
