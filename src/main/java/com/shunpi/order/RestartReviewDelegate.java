package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Puts the changed values on the cards of the queue; the review begins anew (R11). */
@Component("restartReview")
class RestartReviewDelegate implements JavaDelegate {

    private final OrderService orders;

    RestartReviewDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Order order = orders.order(execution.getProcessBusinessKey());
        execution.setVariables(CaseVariables.card(
                order.orderNumber(),
                orders.customerOf(order).name(),
                order.amount(),
                order.isUrgent(),
                OrderReviewProcess.priority(orders.isPriority(order))));
    }
}
