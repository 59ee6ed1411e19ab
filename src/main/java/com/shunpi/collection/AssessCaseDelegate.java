package com.shunpi.collection;

import com.shunpi.workflow.CaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Whose turn is it, by the stage of what is open (C3)? */
@Component("assessCase")
class AssessCaseDelegate implements JavaDelegate {

    private final CollectionService collection;

    AssessCaseDelegate(CollectionService collection) {
        this.collection = collection;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CollectionCase open = collection.find(execution.getProcessBusinessKey());
        CaseVariables.outcome(execution, open.step().code());
    }
}
