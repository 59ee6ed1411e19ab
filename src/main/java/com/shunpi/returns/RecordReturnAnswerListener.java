package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The assistant takes the case up and gives the customer his first answer (T9), or the customer withdraws. */
@Component("recordReturnAnswer")
class RecordReturnAnswerListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordReturnAnswerListener(
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
        String decision = input.decision("accept", "withdraw");
        String comment = input.comment(decision, "accept");
        input.check();
        if (decision.equals("accept")) {
            returns.answer(number, actor.id());
        } else {
            returns.withdraw(number);
        }
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, decision);
    }
}
