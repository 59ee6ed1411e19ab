package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells the customer that it was refused; are goods of his here? */
@Component("refuseReturn")
class RefuseReturnDelegate implements JavaDelegate {

    private final ReturnService returns;

    RefuseReturnDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        CaseVariables.outcome(execution, returns.refuse(number) ? "here" : "none");
    }
}
