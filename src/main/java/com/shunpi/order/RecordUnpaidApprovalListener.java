package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The director signs for goods without payment, or does not (R4). */
@Component("recordUnpaidApproval")
class RecordUnpaidApprovalListener implements TaskListener {

    private final OrderService orders;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordUnpaidApprovalListener(OrderService orders, CurrentActor actor, DecisionRecorder decisions) {
        this.orders = orders;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String orderNumber = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        String decision = input.decision("approve", "reject");
        String comment = input.comment(decision, "approve");
        input.check();
        if (decision.equals("approve")) {
            orders.approveUnpaid(orderNumber, actor.id());
        } else {
            orders.dropUnpaid(orderNumber);
        }
        decisions.record(task, orderNumber, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
