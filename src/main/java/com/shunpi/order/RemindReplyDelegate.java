package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Reminds the assistants before the 24 hours are over (R2). */
@Component("remindReply")
class RemindReplyDelegate implements JavaDelegate {

    private final OrderService orders;

    RemindReplyDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        orders.remindReply(execution.getProcessBusinessKey());
    }
}
