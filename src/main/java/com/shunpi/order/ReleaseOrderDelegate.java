package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Lets the order go if nothing holds it at this moment; else it is looked at again (R4, R5, R7, R13). */
@Component("releaseOrder")
class ReleaseOrderDelegate implements JavaDelegate {

    private final OrderService orders;

    ReleaseOrderDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean released = orders.release(execution.getProcessBusinessKey());
        CaseVariables.outcome(execution, released ? "released" : "held");
    }
}
