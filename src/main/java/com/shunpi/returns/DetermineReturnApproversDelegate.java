package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Whose word is wanted now (T4)? Nobody's any more: the return is granted. */
@Component("determineReturnApprovers")
class DetermineReturnApproversDelegate implements JavaDelegate {

    private final ReturnService returns;

    DetermineReturnApproversDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        Optional<String> role = returns.advance(number);
        execution.setVariable(ReturnsProcess.APPROVER_GROUP, role.orElse(null));
        CaseVariables.outcome(execution, role.isEmpty() ? "approve" : "pending");
    }
}
