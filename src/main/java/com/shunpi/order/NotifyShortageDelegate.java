package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells the customer what is missing and when it will be there (R3). */
@Component("notifyShortage")
class NotifyShortageDelegate implements JavaDelegate {

    private final OrderService orders;

    NotifyShortageDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        orders.notifyShortage(execution.getProcessBusinessKey());
    }
}
