package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The goods did not come in time (T8). */
@Component("lapseGoods")
class LapseGoodsDelegate implements JavaDelegate {

    private final ReturnService returns;

    LapseGoodsDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        String outcome = returns.lapse(number);
        ReturnsProcess.showWorks(execution, returns.returned(number));
        CaseVariables.outcome(execution, outcome);
    }
}
