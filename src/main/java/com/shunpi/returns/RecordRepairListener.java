package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Technical has repaired the goods, which go back to the customer (T7). */
@Component("recordRepair")
class RecordRepairListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final DecisionRecorder decisions;

    RecordRepairListener(ReturnService returns, ReturnFacts facts, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("repaired");
        String comment = input.comment(decision);
        input.check();
        returns.repaired(number);
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, decision);
    }
}
