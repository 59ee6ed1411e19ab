package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** One role's word on a return (T4): agrees, sends it back for another solution, or refuses it. */
@Component("recordReturnApproval")
class RecordReturnApprovalListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordReturnApprovalListener(
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
        String role = (String) task.getVariable(ReturnsProcess.APPROVER_GROUP);
        String decision = input.decision("approve", "revise", "reject");
        String comment = input.comment(decision, "approve");
        input.check();
        Map<String, Object> seen = facts.of(number);
        seen.put("role", role);
        switch (decision) {
            case "approve" -> returns.approve(number, role, actor.id(), comment);
            case "revise" -> returns.revise(number, role, actor.id(), comment);
            default -> returns.reject(number, role, actor.id(), comment);
        }
        decisions.record(task, number, decision, comment, seen);
        CaseVariables.outcome(task, decision);
    }
}
