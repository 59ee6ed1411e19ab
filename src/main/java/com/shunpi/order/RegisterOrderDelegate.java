package com.shunpi.order;

import com.shunpi.shared.DocumentNumbers;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes in an order that was entered in Tasklist; one that came by the API is stored already (R1, R6). */
@Component("registerOrder")
class RegisterOrderDelegate implements JavaDelegate {

    private final OrderService orders;
    private final OrderInputReader input;
    private final DocumentNumbers numbers;
    private final CurrentActor actor;

    RegisterOrderDelegate(OrderService orders, OrderInputReader input, DocumentNumbers numbers, CurrentActor actor) {
        this.orders = orders;
        this.input = input;
        this.numbers = numbers;
        this.actor = actor;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String json = (String) Optional.ofNullable(execution.getVariable(OrderReviewProcess.ORDER))
                .map(Object::toString)
                .orElse(null);
        execution.removeVariable(OrderReviewProcess.ORDER);
        if (execution.getProcessBusinessKey() != null) {
            Order known = orders.order(execution.getProcessBusinessKey());
            // a returns case that sends goods starts this one (T7): it shows the order on its cards, not the case
            if (known.kind() != OrderKind.SALE) {
                show(execution, known);
            }
            return;
        }
        OrderDraft draft = input.read(json).toDraft();
        orders.known(draft).ifPresent(number -> {
            throw RefusedException.conflict("这张订单已登记为 " + number + "，不必再次提交。");
        });
        orders.mustBeKnown(draft);
        Order order = orders.register(numbers.next("SO"), draft, actor.id());
        execution.setProcessBusinessKey(order.orderNumber());
        show(execution, order);
    }

    private void show(DelegateExecution execution, Order order) {
        execution.setVariables(CaseVariables.card(
                order.orderNumber(),
                orders.customerOf(order).name(),
                order.amount(),
                order.isUrgent(),
                OrderReviewProcess.priority(orders.isPriority(order))));
    }
}
