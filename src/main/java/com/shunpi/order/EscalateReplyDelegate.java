package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells the manager that the 24 hours are over (R2). */
@Component("escalateReply")
class EscalateReplyDelegate implements JavaDelegate {

    private final OrderService orders;

    EscalateReplyDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        orders.escalateReply(execution.getProcessBusinessKey());
    }
}
