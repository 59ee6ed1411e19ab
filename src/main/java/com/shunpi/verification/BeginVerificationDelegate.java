package com.shunpi.verification;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Which document it is decides whose queue it goes to: read from the verification, never from a variable (R7). */
@Component("beginVerification")
class BeginVerificationDelegate implements JavaDelegate {

    private final VerificationService verifications;

    BeginVerificationDelegate(VerificationService verifications) {
        this.verifications = verifications;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Verification verification = verifications.verification(execution.getProcessBusinessKey());
        CaseVariables.outcome(execution, verification.documentType().code());
    }
}
