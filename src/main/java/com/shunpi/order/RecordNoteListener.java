package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The signed delivery note is back: the order is archived (R10). */
@Component("recordNote")
class RecordNoteListener implements TaskListener {

    private final OrderService orders;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordNoteListener(OrderService orders, CurrentActor actor, DecisionRecorder decisions) {
        this.orders = orders;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String orderNumber = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        String decision = input.decision("archive");
        String comment = input.comment(decision, "archive");
        String signedBy = input.text("signedBy", "签收人", 100);
        LocalDate signedOn =
                input.date("signedOn", "签收日期", orders.order(orderNumber).dispatchedOn(), orders.today());
        input.check();
        facts.put("signedBy", signedBy);
        facts.put("signedOn", signedOn.toString());
        orders.archive(orderNumber, signedBy, signedOn);
        decisions.record(task, orderNumber, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
