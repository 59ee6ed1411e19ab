package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The warehouse puts the goods where they belong (T6). */
@Component("recordDisposition")
class RecordDispositionListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final ReturnJson json;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordDispositionListener(
            ReturnService returns, ReturnFacts facts, ReturnJson json, CurrentActor actor, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.json = json;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("disposed");
        String comment = input.comment(decision, "disposed");
        String text = input.json(ReturnsProcess.DISPOSITIONS);
        input.check();
        returns.dispose(number, json.dispositions(text), actor.id());
        ReturnsProcess.showWorks(task, returns.returned(number));
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, decision);
    }
}
