package com.shunpi.returns;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Opens the order for a replacement that leaves before the goods are back (T7). */
@Component("openAdvanceShipment")
class OpenAdvanceShipmentListener implements ExecutionListener {

    private final ReturnService returns;

    OpenAdvanceShipmentListener(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        execution.setVariable(
                ReturnsProcess.REPLACEMENT_NUMBER, returns.openShipment(number, ReturnWork.Kind.EXCHANGE, true));
    }
}
