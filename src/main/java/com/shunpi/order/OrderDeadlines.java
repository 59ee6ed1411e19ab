package com.shunpi.order;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** The limits of the diagram's timers and due dates, read from the order and never from a variable (R2, R8). */
@Component
// public, because expressions of a diagram reach public classes only
public class OrderDeadlines {

    private final OrderService orders;

    OrderDeadlines(OrderService orders) {
        this.orders = orders;
    }

    public Date replyReminderAt(DelegateExecution execution) {
        return Date.from(orders.replyReminderAt(order(execution)));
    }

    public Date replyBy(DelegateExecution execution) {
        return Date.from(orders.replyBy(order(execution)));
    }

    private Order order(DelegateExecution execution) {
        return orders.order(execution.getProcessBusinessKey());
    }

    public Date shipBy(DelegateExecution execution) {
        return Date.from(OrderService.shipBy(order(execution)));
    }
}
