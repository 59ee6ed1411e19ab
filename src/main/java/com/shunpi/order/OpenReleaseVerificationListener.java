package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Opens the verification that another person does before release (R7). */
@Component("openReleaseVerification")
class OpenReleaseVerificationListener implements ExecutionListener {

    private final OrderService orders;

    OpenReleaseVerificationListener(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void notify(DelegateExecution execution) {
        execution.setVariable(
                OrderReviewProcess.VERIFICATION_NUMBER,
                orders.openReleaseVerification(execution.getProcessBusinessKey()));
    }
}
