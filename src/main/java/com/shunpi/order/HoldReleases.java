package com.shunpi.order;

import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.MasterData;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CurrentActor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets several held orders go at once (F3): each with its own task and in its own transaction, so that no rule of the
 * task is walked past and one that is refused stops no other.
 */
@Component
class HoldReleases {

    /** One page holds them all; whoever has more decides on these first. */
    static final int MOST = 200;

    /** @param amount CNY with two decimals */
    record Waiting(
            String orderNumber,
            String customerCode,
            String customerName,
            String grade,
            String amount,
            boolean urgent,
            Instant due,
            List<Reason> holds) {}

    record Reason(HoldReason reason, String label, String detail) {}

    /** @param message why it was not released; null when it was */
    record Outcome(String orderNumber, boolean released, String message) {}

    private final OrderReviewProcess process;
    private final Orders orders;
    private final MasterData masterData;
    private final CurrentActor actor;

    HoldReleases(OrderReviewProcess process, Orders orders, MasterData masterData, CurrentActor actor) {
        this.process = process;
        this.orders = orders;
        this.masterData = masterData;
        this.actor = actor;
    }

    /** The orders on credit hold that wait for the caller, with every reason (F1), the most pressing first. */
    @Transactional(readOnly = true)
    List<Waiting> waiting() {
        List<OrderReviewProcess.HoldTask> tasks = process.holdsWaitingFor(actor, MOST);
        Map<String, Order> held =
                orders
                        .findAllById(tasks.stream()
                                .map(OrderReviewProcess.HoldTask::orderNumber)
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Order::orderNumber, Function.identity()));
        Map<String, Customer> customers = masterData.customers(
                held.values().stream().map(Order::customerCode).distinct().toList());
        return tasks.stream()
                .filter(task -> held.containsKey(task.orderNumber()))
                .map(task -> waiting(held.get(task.orderNumber()), task.due(), customers))
                .toList();
    }

    private static Waiting waiting(Order order, Instant due, Map<String, Customer> customers) {
        Customer customer = customers.get(order.customerCode());
        return new Waiting(
                order.orderNumber(),
                customer.code(),
                customer.name(),
                customer.grade().name(),
                order.amount().toPlainString(),
                order.isUrgent(),
                due,
                order.openHolds().entrySet().stream()
                        .map(hold -> new Reason(
                                hold.getKey(),
                                hold.getKey().label(),
                                hold.getValue().detail()))
                        .toList());
    }

    /**
     * @param reason written reason, the same for all
     * @param reviewOn last day on which the releases count
     * @return one outcome per order, in the order of the request
     */
    List<Outcome> release(List<String> orderNumbers, String reason, LocalDate reviewOn) {
        Set<String> wanted = new LinkedHashSet<>(orderNumbers == null ? List.of() : orderNumbers);
        if (wanted.isEmpty() || wanted.size() > MOST) {
            throw RefusedException.invalid("orders", "请选择 1 至 " + MOST + " 张订单。");
        }
        Map<String, String> tasks = process.holdsWaitingFor(actor, Integer.MAX_VALUE).stream()
                .collect(Collectors.toMap(
                        OrderReviewProcess.HoldTask::orderNumber, OrderReviewProcess.HoldTask::taskId));
        List<Outcome> outcomes = new ArrayList<>();
        wanted.forEach(order -> outcomes.add(release(order, tasks.get(order), reason, reviewOn)));
        return outcomes;
    }

    private Outcome release(String orderNumber, String taskId, String reason, LocalDate reviewOn) {
        if (taskId == null) {
            return new Outcome(orderNumber, false, "没有等您处理的信用冻结，可能已由他人办理。");
        }
        try {
            process.releaseHold(taskId, reason, reviewOn);
            return new Outcome(orderNumber, true, null);
        } catch (RefusedException e) {
            return new Outcome(orderNumber, false, e.getMessage());
        } catch (ConcurrencyFailureException e) {
            return new Outcome(orderNumber, false, "他人刚刚修改了这张订单，请刷新后再看。");
        }
    }
}
