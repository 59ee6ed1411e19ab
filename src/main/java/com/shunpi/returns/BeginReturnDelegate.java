package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import java.util.Locale;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The return is granted: what comes now? */
@Component("beginReturn")
class BeginReturnDelegate implements JavaDelegate {

    private final ReturnService returns;

    BeginReturnDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        ReturnCase.Next next = returns.begin(number);
        ReturnsProcess.showWorks(execution, returns.returned(number));
        CaseVariables.outcome(execution, next.name().toLowerCase(Locale.ROOT));
    }
}
