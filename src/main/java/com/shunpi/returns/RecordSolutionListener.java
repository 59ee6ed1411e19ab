package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Somebody proposes what is to be done, with who bears which cost (T3, T9), or does not take the goods back (T2). */
@Component("recordSolution")
class RecordSolutionListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final ReturnJson json;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordSolutionListener(
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
        String decision = input.decision("propose", "refuse", "withdraw");
        String comment = input.comment(decision, "propose");
        String text = input.json(ReturnsProcess.SOLUTION);
        input.check();
        switch (decision) {
            case "propose" -> returns.propose(number, json.solution(text, returns.needsComplaint(number)), actor.id());
            case "refuse" -> returns.decline(number, comment);
            default -> returns.withdraw(number);
        }
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, decision);
    }
}
