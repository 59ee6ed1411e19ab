package com.shunpi.verification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Lets a verified document take effect in the transaction of its agreement; a calling process does that itself (P4). */
@Component("applyVerified")
class ApplyVerifiedDelegate implements JavaDelegate {

    private final VerificationService verifications;

    ApplyVerifiedDelegate(VerificationService verifications) {
        this.verifications = verifications;
    }

    @Override
    public void execute(DelegateExecution execution) {
        verifications.apply(execution.getProcessBusinessKey());
    }
}
