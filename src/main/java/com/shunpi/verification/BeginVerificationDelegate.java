package com.shunpi.verification;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Says whose queue the verification goes to: read from the verification, never from a variable (R7). One that was
 * requested in Tasklist is opened first.
 */
@Component("beginVerification")
class BeginVerificationDelegate implements JavaDelegate {

    private final VerificationService verifications;
    private final KeyedValues values;
    private final CurrentActor actor;

    BeginVerificationDelegate(VerificationService verifications, KeyedValues values, CurrentActor actor) {
        this.verifications = verifications;
        this.values = values;
        this.actor = actor;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String type = take(execution, VerificationProcess.DOCUMENT_TYPE);
        String fields = take(execution, VerificationProcess.FIELDS);
        if (execution.getProcessBusinessKey() == null) {
            String number = verifications.request(
                    type,
                    (String) execution.getVariable(CaseVariables.DOCUMENT_NUMBER),
                    values.read(VerificationProcess.FIELDS, fields),
                    actor.id());
            execution.setProcessBusinessKey(number);
            execution.setVariables(VerificationProcess.card(verifications.verification(number)));
        }
        Verification verification = verifications.verification(execution.getProcessBusinessKey());
        VerificationProcess.show(execution, verification);
        CaseVariables.outcome(execution, verification.queue().code());
    }

    private static String take(DelegateExecution execution, String name) {
        Object value = execution.getVariable(name);
        execution.removeVariable(name);
        return value == null ? null : value.toString();
    }
}
