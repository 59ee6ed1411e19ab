package com.shunpi.pricing;

import com.shunpi.workflow.CaseVariables;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Whose word is wanted now (P2)? Nobody's any more: the price is granted. */
@Component("determineApprovers")
class DetermineApproversDelegate implements JavaDelegate {

    private final SpecialPrices specialPrices;

    DetermineApproversDelegate(SpecialPrices specialPrices) {
        this.specialPrices = specialPrices;
    }

    @Override
    public void execute(DelegateExecution execution) {
        List<String> roles = specialPrices.advance(execution.getProcessBusinessKey());
        execution.setVariable(SpecialPriceProcess.APPROVERS, new ArrayList<>(roles));
        execution.setVariable(SpecialPriceProcess.STEP_SETTLED, false);
        CaseVariables.outcome(execution, roles.isEmpty() ? "approve" : "pending");
    }
}
