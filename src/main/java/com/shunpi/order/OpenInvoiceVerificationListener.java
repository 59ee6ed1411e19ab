package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Opens the verification that another person does before invoicing (R7). */
@Component("openInvoiceVerification")
class OpenInvoiceVerificationListener implements ExecutionListener {

    private final OrderService orders;

    OpenInvoiceVerificationListener(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void notify(DelegateExecution execution) {
        // whoever may read the case's variables must not find there what he is to check blind (V2)
        execution.setVariable(CaseVariables.AMOUNT, CaseVariables.HIDDEN);
        execution.setVariable(
                OrderReviewProcess.VERIFICATION_NUMBER,
                orders.openInvoiceVerification(execution.getProcessBusinessKey()));
    }
}
