package com.shunpi.returns;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Opens the order for what goes to the customer: a replacement, or his repaired goods (T7). */
@Component("openShipment")
class OpenShipmentListener implements ExecutionListener {

    private final ReturnService returns;

    OpenShipmentListener(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        ReturnWork.Kind kind = ReturnWork.Kind.valueOf((String) execution.getVariable(ReturnsProcess.WORK));
        execution.setVariable(ReturnsProcess.REPLACEMENT_NUMBER, returns.openShipment(number, kind, false));
    }
}
