package com.shunpi.returns;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Turns the verified invoice for goods that left in advance into a claim (T8, R7). */
@Component("bookClaim")
class BookClaimDelegate implements JavaDelegate {

    private final ReturnService returns;

    BookClaimDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        returns.bookClaim(execution.getProcessBusinessKey());
    }
}
