package com.shunpi.collection;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Finance settles a dispute: the invoice is asked for again (C7). */
@Component("recordDisputeSettlement")
class RecordDisputeSettlementListener implements TaskListener {

    private final CollectionService collection;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordDisputeSettlementListener(CollectionService collection, CurrentActor actor, DecisionRecorder decisions) {
        this.collection = collection;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("settle", "keep");
        String comment = input.comment(decision);
        String invoice = input.text("invoiceNumber", "发票号", 40);
        input.check();
        if ("settle".equals(decision)) {
            collection.settleDispute(invoice, comment, actor.id());
        }
        decisions.record(task, number, decision, comment, Map.of("invoiceNumber", invoice));
        CaseVariables.outcome(task, collection.hasDisputes(number) ? "disputed" : "settled");
    }
}
