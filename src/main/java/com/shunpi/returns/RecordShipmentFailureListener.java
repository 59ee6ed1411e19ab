package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** A shipment of the case was cancelled: it is sent again, or the customer was satisfied otherwise (T7). */
@Component("recordShipmentFailure")
class RecordShipmentFailureListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordShipmentFailureListener(
            ReturnService returns, ReturnFacts facts, CurrentActor actor, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("again", "settled");
        String comment = input.comment(decision);
        input.check();
        if (decision.equals("settled")) {
            returns.settleWithoutShipment(
                    number,
                    ReturnWork.Kind.valueOf((String) task.getVariable(ReturnsProcess.WORK)),
                    actor.id(),
                    comment);
        }
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, decision);
    }
}
