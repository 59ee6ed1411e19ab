package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The assistant asked the customer where the goods are (T8). */
@Component("recordChase")
class RecordChaseListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final DecisionRecorder decisions;

    RecordChaseListener(ReturnService returns, ReturnFacts facts, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("asked");
        String comment = input.comment(decision);
        input.check();
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, decision);
    }
}
