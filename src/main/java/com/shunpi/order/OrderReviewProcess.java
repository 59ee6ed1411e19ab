package com.shunpi.order;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.EngineAccess;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** The process {@code order-review} as the rest of the module sees it: the only place that knows its names. */
@Component
class OrderReviewProcess {

    static final String KEY = "order-review";

    /** Whole order as the forms send it, JSON. */
    static final String ORDER = "order";

    static final String VERIFICATION_NUMBER = "verificationNumber";
    static final String REQUEST_NUMBER = "requestNumber";

    private static final String CHANGE = "changeOrder";
    private static final String CANCEL = "cancelOrder";
    private static final String CHECK_AGAIN = "checkOrderAgain";
    private static final String STOCK_ALLOCATED = "orderStockAllocated";
    private static final int NORMAL = 50;
    private static final int FIRST = 90;

    /** A task that is open for an order, in whichever process. */
    record OpenTask(String id, String name, String assignee, List<String> groups, Instant due) {}

    private final RuntimeService runtimeService;
    private final TaskService taskService;
    private final EngineAccess engine;

    OrderReviewProcess(RuntimeService runtimeService, TaskService taskService, EngineAccess engine) {
        this.runtimeService = runtimeService;
        this.taskService = taskService;
        this.engine = engine;
    }

    /** Starts the case of a stored order; the business key is its number. */
    void start(Order order, String customerName, boolean priority) {
        engine.asSystem(() -> runtimeService.startProcessInstanceByKey(
                KEY,
                order.orderNumber(),
                CaseVariables.card(
                        order.orderNumber(), customerName, order.amount(), order.isUrgent(), priority(priority))));
    }

    static int priority(boolean priority) {
        return priority ? FIRST : NORMAL;
    }

    /** The customer changed the order: review begins anew (R11). */
    void restart(String orderNumber) {
        correlate(CHANGE, orderNumber);
    }

    void cancel(String orderNumber) {
        correlate(CANCEL, orderNumber);
    }

    /** What held the order is gone: whoever was to deal with it need not any more (F3). */
    void goOn(String orderNumber) {
        correlate(CHECK_AGAIN, orderNumber);
    }

    /** The missing goods are there (R3). */
    void stockAllocated(String orderNumber) {
        correlate(STOCK_ALLOCATED, orderNumber);
    }

    private void correlate(String message, String orderNumber) {
        // an order that waits for something else is left where it is
        engine.asSystem(() -> runtimeService
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(orderNumber)
                .correlateAllWithResult());
    }

    /** The open tasks of an order and of the cases it called. */
    List<OpenTask> openTasks(String orderNumber) {
        return engine.asSystem(() -> taskService
                .createTaskQuery()
                .processVariableValueEquals(CaseVariables.DOCUMENT_NUMBER, orderNumber)
                .orderByTaskCreateTime()
                .asc()
                .list()
                .stream()
                .map(this::openTask)
                .toList());
    }

    private OpenTask openTask(Task task) {
        List<String> groups = taskService.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(java.util.Objects::nonNull)
                .sorted()
                .toList();
        Date due = task.getDueDate();
        return new OpenTask(
                task.getId(), task.getName(), task.getAssignee(), groups, due == null ? null : due.toInstant());
    }
}
