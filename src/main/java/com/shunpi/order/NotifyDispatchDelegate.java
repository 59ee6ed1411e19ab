package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells the customer that the goods left (R9); is there something to invoice? */
@Component("notifyDispatch")
class NotifyDispatchDelegate implements JavaDelegate {

    private final OrderService orders;

    NotifyDispatchDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Order order = orders.notifyDispatch(execution.getProcessBusinessKey());
        CaseVariables.outcome(execution, order.isBillable() ? "billable" : "free");
    }
}
