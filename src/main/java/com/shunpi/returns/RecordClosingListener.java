package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The assistant closes the case when warehouse and finance are done (T8). */
@Component("recordClosing")
class RecordClosingListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordClosingListener(ReturnService returns, ReturnFacts facts, CurrentActor actor, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("close");
        String comment = input.comment(decision, "close");
        input.check();
        returns.close(number, actor.id());
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, decision);
    }
}
