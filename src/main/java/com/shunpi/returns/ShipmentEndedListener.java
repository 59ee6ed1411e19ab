package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** The order went out, or was cancelled (T7). */
@Component("shipmentEnded")
class ShipmentEndedListener implements ExecutionListener {

    private final ReturnService returns;

    ShipmentEndedListener(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        ReturnWork.Kind kind = ReturnWork.Kind.valueOf((String) execution.getVariable(ReturnsProcess.WORK));
        boolean shipped = returns.shipmentEnded(
                number, kind, (String) execution.getVariable(ReturnsProcess.REPLACEMENT_NUMBER), false);
        CaseVariables.outcome(execution, shipped ? "shipped" : "failed");
    }
}
