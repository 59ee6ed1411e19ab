package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Books the verified credit note (T7); is money to be paid back? */
@Component("bookCreditNote")
class BookCreditNoteDelegate implements JavaDelegate {

    private final ReturnService returns;

    BookCreditNoteDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        CaseVariables.outcome(execution, returns.bookRefund(number) ? "payable" : "settled");
    }
}
