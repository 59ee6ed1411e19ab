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

/** The customer is promised a date for what is missing, or withdraws (R3). */
@Component("recordPromise")
class RecordPromiseListener implements TaskListener {

    private final OrderService orders;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordPromiseListener(OrderService orders, CurrentActor actor, DecisionRecorder decisions) {
        this.orders = orders;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String orderNumber = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        String decision = input.decision("promise", "cancel");
        String comment = input.comment(decision, "promise");
        boolean waits = true;
        if ("promise".equals(decision)) {
            LocalDate date = input.date(
                    "promisedDate", "到货日期", orders.today(), orders.today().plusDays(730));
            input.check();
            facts.put("promisedDate", date.toString());
            waits = orders.promise(orderNumber, date);
        }
        input.check();
        decisions.record(task, orderNumber, decision, comment, facts);
        CaseVariables.outcome(task, waits ? decision : "arrived");
    }
}
