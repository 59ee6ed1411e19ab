package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Finance prepares the invoice for a replacement that left in advance and whose old goods never came (T8, R7). */
@Component("recordClaim")
class RecordClaimListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordClaimListener(ReturnService returns, ReturnFacts facts, CurrentActor actor, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("invoice");
        String comment = input.comment(decision, "invoice");
        String invoice = input.text("invoiceNumber", "发票号", 40);
        String taxNumber = input.text("taxNumber", "税号", 40);
        input.check();
        boolean claims = returns.prepareClaim(number, invoice, taxNumber, actor.id());
        Map<String, Object> seen = facts.of(number);
        seen.put("invoiceNumber", invoice);
        seen.put("taxNumber", taxNumber);
        decisions.record(task, number, decision, comment, seen);
        CaseVariables.outcome(task, claims ? decision : "nothing");
    }
}
