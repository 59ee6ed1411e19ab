package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Turns the verified invoice into a claim (R7, F2). */
@Component("issueInvoice")
class IssueInvoiceDelegate implements JavaDelegate {

    private final OrderService orders;

    IssueInvoiceDelegate(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        orders.issueInvoice(execution.getProcessBusinessKey());
    }
}
