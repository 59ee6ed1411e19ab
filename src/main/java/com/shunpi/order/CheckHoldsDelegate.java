package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Which reason has to be dealt with first, of all that hold the order (R3, R4, R5)? */
@Component("checkHolds")
class CheckHoldsDelegate implements JavaDelegate {

    private final OrderService orders;

    CheckHoldsDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Order order = orders.examine(execution.getProcessBusinessKey());
        CaseVariables.outcome(execution, nextStep(order));
    }

    private static String nextStep(Order order) {
        return order.openHolds().keySet().stream()
                .findFirst()
                .map(reason -> switch (reason) {
                    case INCOMPLETE, DISCONTINUED -> "faulty";
                    case PRICE -> "price";
                    case PAYMENT -> "payment";
                    case STOCK -> "shortage";
                    case CREDIT_LIMIT, OVERDUE, ACCOUNT, FORCED -> "credit";
                })
                .orElse("clear");
    }
}
