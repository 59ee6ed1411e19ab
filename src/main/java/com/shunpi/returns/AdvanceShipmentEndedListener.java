package com.shunpi.returns;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** The replacement left, or its order was cancelled: then it is exchanged once the goods are here (T7). */
@Component("advanceShipmentEnded")
class AdvanceShipmentEndedListener implements ExecutionListener {

    private final ReturnService returns;

    AdvanceShipmentEndedListener(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        returns.shipmentEnded(
                number,
                ReturnWork.Kind.EXCHANGE,
                (String) execution.getVariable(ReturnsProcess.REPLACEMENT_NUMBER),
                true);
    }
}
