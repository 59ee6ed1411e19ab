package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells the customer that the goods left (R9). */
@Component("notifyDispatch")
class NotifyDispatchDelegate implements JavaDelegate {

    private final OrderService orders;

    NotifyDispatchDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        orders.notifyDispatch(execution.getProcessBusinessKey());
    }
}
