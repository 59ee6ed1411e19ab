package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Finance prepares the invoice that another person verifies (R7). */
@Component("recordInvoice")
class RecordInvoiceListener implements TaskListener {

    private final OrderService orders;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordInvoiceListener(OrderService orders, CurrentActor actor, DecisionRecorder decisions) {
        this.orders = orders;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String orderNumber = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        String decision = input.decision("issue");
        String comment = input.comment(decision, "issue");
        String invoiceNumber = input.text("invoiceNumber", "发票号", 40);
        String taxNumber = input.text("taxNumber", "税号", 40);
        input.check();
        facts.put("invoiceNumber", invoiceNumber);
        facts.put("taxNumber", taxNumber);
        orders.prepareInvoice(orderNumber, actor.id(), invoiceNumber, taxNumber);
        decisions.record(task, orderNumber, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
