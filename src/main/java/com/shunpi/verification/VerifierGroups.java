package com.shunpi.verification;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Which groups verify a document: by what it is, never by what a variable says (R7). */
@Component
// public, because expressions of a diagram reach public classes only
public class VerifierGroups {

    private final VerificationService verifications;

    VerifierGroups(VerificationService verifications) {
        this.verifications = verifications;
    }

    public List<String> of(DelegateExecution execution) {
        return verifications
                .verification(execution.getProcessBusinessKey())
                .documentType()
                .verifiers();
    }
}
