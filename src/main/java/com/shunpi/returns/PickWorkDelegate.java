package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Which of the things to be done is this (T7)? */
@Component("pickWork")
class PickWorkDelegate implements JavaDelegate {

    private final ReturnService returns;

    PickWorkDelegate(ReturnService returns) {
        this.returns = returns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        ReturnWork.Kind kind = ReturnWork.Kind.valueOf((String) execution.getVariable(ReturnsProcess.WORK));
        returns.returned(number).mustAwait(kind);
        CaseVariables.outcome(execution, kind.code());
    }
}
