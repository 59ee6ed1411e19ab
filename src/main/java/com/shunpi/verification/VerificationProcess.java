package com.shunpi.verification;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.EngineAccess;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** The process {@code dual-verification} as the rest of the house sees it: the only place that knows its names. */
@Component
public class VerificationProcess {

    static final String KEY = "dual-verification";
    static final String PREFIX = "DV";
    static final String SUPERVISE = "userTask_superviseVerification";

    /** What the verifier keyed, JSON by path. */
    static final String KEYED = "keyed";
    /** What the preparer entered, JSON by field code. */
    static final String FIELDS = "fields";

    static final String DOCUMENT_TYPE = "documentType";
    static final String VERIFICATION_NUMBER = "verificationNumber";

    private static final int NORMAL = 50;
    private static final String NO_AMOUNT = "—";

    private final RuntimeService runtimeService;
    private final VerificationService verifications;
    private final EngineAccess engine;

    VerificationProcess(RuntimeService runtimeService, VerificationService verifications, EngineAccess engine) {
        this.runtimeService = runtimeService;
        this.verifications = verifications;
        this.engine = engine;
    }

    /** Starts the case of an open verification that no other process has called; its business key is its number. */
    public void start(String verificationNumber) {
        engine.asSystem(() -> runtimeService.startProcessInstanceByKey(
                KEY, verificationNumber, card(verifications.verification(verificationNumber))));
    }

    /** The whole card, for a case that stands by itself. */
    static Map<String, Object> card(Verification verification) {
        String party = verification.values().stream()
                .filter(value -> !value.isBlind() && NAMES.contains(value.field()))
                .map(CheckedValue::preparedValue)
                .findFirst()
                .orElse(verification.documentType().label());
        Map<String, Object> card = new HashMap<>();
        card.put(CaseVariables.DOCUMENT_NUMBER, verification.documentNumber());
        card.put(CaseVariables.CUSTOMER_NAME, party);
        card.put(CaseVariables.URGENT, false);
        card.put(CaseVariables.PRIORITY, NORMAL);
        return card;
    }

    private static final java.util.Set<VerifiedField> NAMES = java.util.Set.of(
            VerifiedField.CUSTOMER, VerifiedField.RECIPIENT, VerifiedField.CONSIGNEE, VerifiedField.SUBJECT);

    /** What every verification's case has of its own: its number, and no amount that could be read off the card (V2). */
    static void show(VariableScope scope, Verification verification) {
        scope.setVariable(VERIFICATION_NUMBER, verification.verificationNumber());
        scope.setVariable(CaseVariables.AMOUNT, verification.hasBlindValues() ? CaseVariables.HIDDEN : NO_AMOUNT);
    }
}
