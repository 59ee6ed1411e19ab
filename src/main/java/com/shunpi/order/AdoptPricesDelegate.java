package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.DecisionRecorder;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes over the prices of an accepted counter-offer; the order is reviewed again then (R5, R11). */
@Component("adoptPrices")
class AdoptPricesDelegate implements JavaDelegate {

    private final OrderService orders;
    private final DecisionRecorder decisions;

    AdoptPricesDelegate(OrderService orders, DecisionRecorder decisions) {
        this.orders = orders;
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        String request = (String) execution.getVariable(OrderReviewProcess.REQUEST_NUMBER);
        Map<String, Object> facts = new HashMap<>(OrderFacts.of(orders.order(number)));
        OrderService.Adopted adopted = orders.adoptPrices(number, request);
        boolean changed = !adopted.differences().isEmpty();
        if (changed) {
            facts.put("differences", OrderFacts.texts(adopted.differences()));
            facts.put("requestNumber", request);
            facts.put("acceptedBy", adopted.acceptedBy());
            decisions.record(number, OrderReviewProcess.KEY, "adoptPrices", "采用议定价格", "change", null, facts);
            Order order = orders.order(number);
            execution.setVariables(CaseVariables.card(
                    order.orderNumber(),
                    orders.customerOf(order).name(),
                    order.amount(),
                    order.isUrgent(),
                    OrderReviewProcess.priority(orders.isPriority(order))));
        }
        CaseVariables.outcome(execution, changed ? "changed" : "unchanged");
    }
}
