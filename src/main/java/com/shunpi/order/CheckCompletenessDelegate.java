package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Is everything there that shipping needs, and is every product still made (R1)? */
@Component("checkCompleteness")
class CheckCompletenessDelegate implements JavaDelegate {

    private final OrderService orders;

    CheckCompletenessDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Order order = orders.examineFaults(execution.getProcessBusinessKey());
        CaseVariables.outcome(execution, order.isIncomplete() ? "incomplete" : "complete");
    }
}
