package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** The blind check is over, or was called off: the card shows the amount again (V2, A3). */
@Component("showAmount")
class ShowAmountListener implements ExecutionListener {

    private final OrderService orders;

    ShowAmountListener(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void notify(DelegateExecution execution) {
        Order order = orders.order(execution.getProcessBusinessKey());
        execution.setVariable(CaseVariables.AMOUNT, order.amount().toPlainString());
    }
}
