package com.shunpi.returns;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells the manager that the customer had no first answer in time (T9). */
@Component("escalateReturnAnswer")
class EscalateReturnAnswerDelegate implements JavaDelegate {

    private final ReturnService returns;

    EscalateReturnAnswerDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        returns.escalateAnswer(number);
    }
}
