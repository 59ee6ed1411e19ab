package com.shunpi.returns;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells the manager that no solution was proposed in time (T9). */
@Component("escalateReturnProposal")
class EscalateReturnProposalDelegate implements JavaDelegate {

    private final ReturnService returns;

    EscalateReturnProposalDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        returns.escalateProposal(number);
    }
}
