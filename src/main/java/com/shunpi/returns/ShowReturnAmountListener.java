package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** The blind check is over: the card shows the amount again (V2). */
@Component("showReturnAmount")
class ShowReturnAmountListener implements ExecutionListener {

    private final ReturnService returns;

    ShowReturnAmountListener(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        execution.setVariable(
                CaseVariables.AMOUNT, returns.returned(number).amount().toPlainString());
    }
}
