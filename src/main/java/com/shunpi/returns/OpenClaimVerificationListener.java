package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Opens the verification that another person does before a claim is invoiced (T8, R7). */
@Component("openClaimVerification")
class OpenClaimVerificationListener implements ExecutionListener {

    private final ReturnService returns;

    OpenClaimVerificationListener(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        // whoever may read the case's variables must not find there what he is to check blind (V2)
        execution.setVariable(CaseVariables.AMOUNT, CaseVariables.HIDDEN);
        execution.setVariable(ReturnsProcess.VERIFICATION_NUMBER, returns.openClaimVerification(number));
    }
}
