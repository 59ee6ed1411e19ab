package com.shunpi.order;

import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What somebody does with an order outside its tasks: the deed, its record and the move of the case in one transaction. */
@Component
@Transactional
class OrderActions {

    private final OrderService orders;
    private final OrderViews views;
    private final HeldOrders held;
    private final OrderReviewProcess process;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    OrderActions(
            OrderService orders,
            OrderViews views,
            HeldOrders held,
            OrderReviewProcess process,
            CurrentActor actor,
            DecisionRecorder decisions) {
        this.orders = orders;
        this.views = views;
        this.held = held;
        this.process = process;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Transactional(readOnly = true)
    OrderView preview(OrderDraft draft) {
        orders.mustBeKnown(draft);
        return views.preview(draft);
    }

    /** The customer changed the order: the case returns to review with the differences (R11). */
    List<Fault> change(String orderNumber, OrderDraft draft) {
        Map<String, Object> facts = OrderFacts.of(orders.order(orderNumber));
        List<Fault> differences = orders.change(orderNumber, draft, actor.id());
        if (!differences.isEmpty()) {
            facts.put("differences", OrderFacts.texts(differences));
            decisions.record(orderNumber, OrderReviewProcess.KEY, "change", "客户变更", "change", null, facts);
            process.restart(orderNumber);
        }
        return differences;
    }

    /** The customer cancels before release (R11). */
    void cancel(String orderNumber, String reason) {
        Order order = orders.order(orderNumber);
        if (!order.status().isBeforeRelease()) {
            throw RefusedException.conflict("订单" + orderNumber + order.status().label() + "，不能取消；放行后请走退换货流程。");
        }
        decisions.record(orderNumber, OrderReviewProcess.KEY, "cancel", "客户取消", "cancel", reason, OrderFacts.of(order));
        process.cancel(orderNumber);
    }

    void checkAgain(String orderNumber) {
        held.checkAgain(orderNumber);
    }

    void hold(String orderNumber, String reason) {
        orders.force(orderNumber, reason);
        decisions.record(
                orderNumber,
                OrderReviewProcess.KEY,
                "hold",
                "人工冻结",
                "hold",
                reason,
                OrderFacts.of(orders.order(orderNumber)));
    }
}
