package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Sends the order back to whoever entered it, with everything that is wrong (R1). */
@Component("returnOrder")
class ReturnOrderDelegate implements JavaDelegate {

    private final OrderService orders;

    ReturnOrderDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        orders.returnToEntry(execution.getProcessBusinessKey());
    }
}
