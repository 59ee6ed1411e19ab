package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Closes a rejected order and tells the customer. */
@Component("rejectOrder")
class RejectOrderDelegate implements JavaDelegate {

    private final OrderService orders;

    RejectOrderDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        orders.reject(execution.getProcessBusinessKey());
    }
}
