package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The warehouse counted what arrived against what was approved (T6). */
@Component("recordCount")
class RecordCountListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final ReturnJson json;
    private final DecisionRecorder decisions;

    RecordCountListener(ReturnService returns, ReturnFacts facts, ReturnJson json, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.json = json;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("received");
        String comment = input.comment(decision, "received");
        String text = input.json(ReturnsProcess.COUNTS);
        input.check();
        boolean complete = returns.receive(number, json.counts(text));
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, complete ? "received" : "different");
    }
}
