package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Closes a cancelled order, gives back what it held, tells the customer (R11, R13). */
@Component("cancelOrder")
class CancelOrderDelegate implements JavaDelegate {

    private final OrderService orders;

    CancelOrderDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        orders.cancel(execution.getProcessBusinessKey());
    }
}
