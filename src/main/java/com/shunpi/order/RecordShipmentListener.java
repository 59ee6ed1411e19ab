package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The warehouse ships what was reserved (R8, R9). */
@Component("recordShipment")
class RecordShipmentListener implements TaskListener {

    private final OrderService orders;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordShipmentListener(OrderService orders, CurrentActor actor, DecisionRecorder decisions) {
        this.orders = orders;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String orderNumber = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        String decision = input.decision("ship");
        String comment = input.comment(decision, "ship");
        String carrier = input.text("carrier", "承运商", 100);
        String waybill = input.text("waybill", "运单号", 100);
        int pieces = input.number("pieces", "件数", 1, 100_000);
        input.check();
        facts.put("carrier", carrier);
        facts.put("waybill", waybill);
        facts.put("pieces", pieces);
        orders.ship(orderNumber, carrier, waybill, pieces);
        decisions.record(task, orderNumber, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
