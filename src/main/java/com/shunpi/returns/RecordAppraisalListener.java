package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Technical says what the goods are (T5); when that is not what was agreed on, the solution is settled anew. */
@Component("recordAppraisal")
class RecordAppraisalListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final ReturnJson json;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordAppraisalListener(
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
        String decision = input.decision("appraised");
        String comment = input.comment(decision, "appraised");
        String text = input.json(ReturnsProcess.FINDINGS);
        input.check();
        boolean fits = returns.appraise(number, json.findings(text), actor.id());
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, fits ? "fits" : "anew");
    }
}
