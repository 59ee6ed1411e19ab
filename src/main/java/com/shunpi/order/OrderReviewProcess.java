package com.shunpi.order;

import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.EngineAccess;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
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
    private static final String RELEASE_HOLD = "userTask_releaseHold";
    private static final int NORMAL = 50;
    private static final int FIRST = 90;

    /** A credit hold that waits for somebody's decision. */
    record HoldTask(String taskId, String orderNumber, Instant due) {}

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

    /** The credit holds that wait for the caller, the most pressing first (F3). */
    List<HoldTask> holdsWaitingFor(CurrentActor actor, int max) {
        if (actor.groups().isEmpty()) {
            return List.of();
        }
        List<Task> tasks = taskService
                .createTaskQuery()
                .taskDefinitionKey(RELEASE_HOLD)
                .taskCandidateGroupIn(List.copyOf(actor.groups()))
                .includeAssignedTasks()
                .or()
                .taskAssignee(actor.id())
                .taskUnassigned()
                .endOr()
                .orderByTaskPriority()
                .desc()
                .orderByDueDate()
                .asc()
                .orderByTaskId()
                .asc()
                .listPage(0, max);
        if (tasks.isEmpty()) {
            return List.of();
        }
        Map<String, String> orderNumbers = runtimeService
                .createProcessInstanceQuery()
                .processInstanceIds(
                        tasks.stream().map(Task::getProcessInstanceId).collect(Collectors.toSet()))
                .list()
                .stream()
                .collect(Collectors.toMap(ProcessInstance::getId, ProcessInstance::getBusinessKey));
        return tasks.stream()
                .map(task -> new HoldTask(
                        task.getId(), orderNumbers.get(task.getProcessInstanceId()), instant(task.getDueDate())))
                .toList();
    }

    /** Completes such a task as the caller: what he may not do there he may not do here. */
    void releaseHold(String taskId, String reason, LocalDate reviewOn) {
        try {
            taskService.complete(
                    taskId,
                    Map.of(
                            "decision",
                            "release",
                            "comment",
                            reason,
                            "reviewOn",
                            reviewOn == null ? "" : reviewOn.toString()));
        } catch (OptimisticLockingException e) {
            throw RefusedException.conflict("刚由他人办理，请刷新后再看。");
        }
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
        return new OpenTask(task.getId(), task.getName(), task.getAssignee(), groups, instant(task.getDueDate()));
    }

    private static Instant instant(Date date) {
        return date == null ? null : date.toInstant();
    }
}
