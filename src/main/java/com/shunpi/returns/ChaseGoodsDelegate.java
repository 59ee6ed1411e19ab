package com.shunpi.returns;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Asks the customer for goods that have not come (T8). */
@Component("chaseGoods")
class ChaseGoodsDelegate implements JavaDelegate {

    private final ReturnService returns;

    ChaseGoodsDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        returns.chase(number);
    }
}
