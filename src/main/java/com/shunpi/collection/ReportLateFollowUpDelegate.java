package com.shunpi.collection;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Nobody followed the case up in time: the manager hears of it. */
@Component("reportLateFollowUp")
class ReportLateFollowUpDelegate implements JavaDelegate {

    private final CollectionService collection;

    ReportLateFollowUpDelegate(CollectionService collection) {
        this.collection = collection;
    }

    @Override
    public void execute(DelegateExecution execution) {
        collection.reportLate(execution.getProcessBusinessKey());
    }
}
