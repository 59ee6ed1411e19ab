package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Finance prepares the credit note that another person verifies (T7). */
@Component("recordCreditNote")
class RecordCreditNoteListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordCreditNoteListener(ReturnService returns, ReturnFacts facts, CurrentActor actor, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("credit");
        String comment = input.comment(decision, "credit");
        String note = input.text("creditNoteNumber", "红字发票号", 40);
        String account = input.text("refundAccount", "收款账号", 60);
        input.check();
        returns.prepareRefund(number, note, account, actor.id());
        Map<String, Object> seen = facts.of(number);
        seen.put("creditNoteNumber", note);
        decisions.record(task, number, decision, comment, seen);
        CaseVariables.outcome(task, decision);
    }
}
