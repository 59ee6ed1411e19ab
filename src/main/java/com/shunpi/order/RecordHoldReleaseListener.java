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

/** The director releases a credit hold with a reason and a review date, or does not (R4, F3). */
@Component("recordHoldRelease")
class RecordHoldReleaseListener implements TaskListener {

    private final OrderService orders;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordHoldReleaseListener(OrderService orders, CurrentActor actor, DecisionRecorder decisions) {
        this.orders = orders;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String orderNumber = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        String decision = input.decision("release", "check-again", "reject");
        String comment = input.comment(decision);
        if ("release".equals(decision)) {
            LocalDate reviewOn = input.date(
                    "reviewOn", "复核日期", orders.today(), orders.today().plusDays(180));
            input.check();
            facts.put("reviewOn", reviewOn.toString());
            orders.releaseHolds(orderNumber, actor.id(), comment, reviewOn);
        }
        input.check();
        decisions.record(task, orderNumber, decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
