package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The assistant answers for the order, sends it back or turns it down (R1). */
@Component("recordReview")
class RecordReviewListener implements TaskListener {

    private final OrderService orders;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordReviewListener(OrderService orders, CurrentActor actor, DecisionRecorder decisions) {
        this.orders = orders;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String orderNumber = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("approve", "return", "reject");
        String comment = input.comment(decision, "approve");
        input.check();
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        if (decision.equals("approve")) {
            orders.review(orderNumber, actor.id());
        }
        decisions.record(task, orderNumber, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
