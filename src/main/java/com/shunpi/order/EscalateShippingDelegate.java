package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells the manager that the goods did not ship in time (R8). */
@Component("escalateShipping")
class EscalateShippingDelegate implements JavaDelegate {

    private final OrderService orders;

    EscalateShippingDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        orders.escalateShipping(execution.getProcessBusinessKey());
    }
}
