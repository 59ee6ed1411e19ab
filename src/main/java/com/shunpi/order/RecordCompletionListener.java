package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Whoever entered the order mended it, or the customer withdrew (R1, R11). */
@Component("recordCompletion")
class RecordCompletionListener implements TaskListener {

    private final OrderService orders;
    private final OrderInputReader reader;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordCompletionListener(
            OrderService orders, OrderInputReader reader, CurrentActor actor, DecisionRecorder decisions) {
        this.orders = orders;
        this.reader = reader;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String orderNumber = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("resubmit", "cancel");
        String comment = input.comment(decision, "resubmit");
        String json = input.json(OrderReviewProcess.ORDER);
        input.check();
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        if (decision.equals("resubmit") && json != null) {
            OrderDraft draft = reader.read(json).toDraft();
            facts.put("differences", OrderFacts.texts(orders.change(orderNumber, draft, actor.id())));
            Order order = orders.order(orderNumber);
            task.getExecution()
                    .setVariables(CaseVariables.card(
                            orderNumber,
                            orders.customerOf(order).name(),
                            order.amount(),
                            order.isUrgent(),
                            OrderReviewProcess.priority(orders.isPriority(order))));
        }
        decisions.record(task, orderNumber, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
