package com.shunpi.order;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Opens the special-price request for the lines below the price system (R5). */
@Component("openPriceRequest")
class OpenPriceRequestListener implements ExecutionListener {

    private final OrderService orders;

    OpenPriceRequestListener(OrderService orders) {
        this.orders = orders;
    }

    @Override
    public void notify(DelegateExecution execution) {
        execution.setVariable(
                OrderReviewProcess.REQUEST_NUMBER, orders.openPriceRequest(execution.getProcessBusinessKey()));
    }
}
