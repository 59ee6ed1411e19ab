package com.shunpi.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.shared.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The caller's open tasks (A3), in a handful of statements however long the queue is. */
@RestController
@RequestMapping("/api/worklist")
@Tag(name = "待办")
class WorklistController {

    private static final int LONGEST_PAGE = 500;

    private static final String[] CARD = {
        CaseVariables.DOCUMENT_NUMBER, CaseVariables.CUSTOMER_NAME, CaseVariables.AMOUNT, CaseVariables.URGENT
    };

    /**
     * One task.
     *
     * @param step element id in the diagram, e.g. {@code userTask_reviewOrder}
     * @param amount CNY with two decimals
     * @param due null when the task has no limit
     * @param priority 50 = normal
     * @param assignee who has claimed it; null when nobody has
     * @param excluded true for what the caller may not do himself although his group does (V1); else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            String taskId,
            String name,
            String step,
            String documentNumber,
            String customerName,
            String amount,
            boolean urgent,
            Instant due,
            int priority,
            String assignee,
            Instant createdAt,
            Boolean excluded) {}

    /** @param count all open tasks, of which {@code tasks} is the page that was asked for */
    record Worklist(long count, List<Item> tasks) {}

    private final TaskService taskService;
    private final RuntimeService runtimeService;
    private final ExcludedTasks excludedTasks;
    private final CurrentActor actor;

    WorklistController(
            TaskService taskService, RuntimeService runtimeService, ExcludedTasks excludedTasks, CurrentActor actor) {
        this.taskService = taskService;
        this.runtimeService = runtimeService;
        this.excludedTasks = excludedTasks;
        this.actor = actor;
    }

    @GetMapping
    @Operation(summary = "我的待办：最紧急的在前")
    Worklist show(
            @Parameter(description = "部门（组）的队列；不填则为本人可办理的全部任务") @RequestParam(required = false) String queue,
            @RequestParam(defaultValue = "0") int first,
            @RequestParam(defaultValue = "50") int max) {
        if (first < 0 || max < 1 || max > LONGEST_PAGE) {
            throw RefusedException.invalid("max", "first 不能小于 0，max 应为 1 至 " + LONGEST_PAGE + "。");
        }
        Set<String> groups = actor.groups();
        boolean everything = queue == null || queue.isBlank();
        if (!everything && !groups.contains(queue) && !actor.isIn(Groups.OVERSIGHT.toArray(String[]::new))) {
            throw RefusedException.forbidden("您不属于这个部门：" + queue);
        }
        if (everything && groups.isEmpty()) {
            return new Worklist(0, List.of());
        }
        TaskQuery tasks = everything ? workable(groups) : queue(queue);
        long count = tasks.count();
        List<Task> page = tasks.orderByTaskPriority()
                .desc()
                .orderByDueDate()
                .asc()
                .orderByTaskCreateTime()
                .asc()
                // of those that came at the same moment, none may be on two pages
                .orderByTaskId()
                .asc()
                .listPage(first, max);
        Map<String, Map<String, Object>> cards = cards(page);
        Set<String> excluded = excludedTasks.among(page, actor.id());
        return new Worklist(
                count,
                page.stream()
                        .map(task -> item(
                                task,
                                cards.getOrDefault(task.getProcessInstanceId(), Map.of()),
                                excluded.contains(task.getId())))
                        .toList());
    }

    @GetMapping("/excluded")
    @Operation(summary = "所列任务中，本人办理过单据而不能复核的（任务编号）")
    Set<String> excluded(@RequestParam List<String> task) {
        if (task.isEmpty() || task.size() > LONGEST_PAGE) {
            throw RefusedException.invalid("task", "请给出 1 至 " + LONGEST_PAGE + " 个任务编号。");
        }
        return excludedTasks.among(
                taskService
                        .createTaskQuery()
                        .taskIdIn(task.toArray(String[]::new))
                        .list(),
                actor.id());
    }

    private TaskQuery queue(String group) {
        return taskService.createTaskQuery().taskCandidateGroup(group).includeAssignedTasks();
    }

    /** What waits for the caller: his own, and what nobody in his groups has claimed. */
    private TaskQuery workable(Set<String> groups) {
        return taskService
                .createTaskQuery()
                .taskCandidateGroupIn(new ArrayList<>(groups))
                .includeAssignedTasks()
                .or()
                .taskAssignee(actor.id())
                .taskUnassigned()
                .endOr();
    }

    private Map<String, Map<String, Object>> cards(List<Task> tasks) {
        Map<String, Map<String, Object>> cards = new HashMap<>();
        if (!tasks.isEmpty()) {
            runtimeService
                    .createVariableInstanceQuery()
                    .processInstanceIdIn(tasks.stream()
                            .map(Task::getProcessInstanceId)
                            .distinct()
                            .toArray(String[]::new))
                    .variableNameIn(CARD)
                    .list()
                    .forEach(variable -> put(cards, variable));
        }
        return cards;
    }

    private static void put(Map<String, Map<String, Object>> cards, VariableInstance variable) {
        cards.computeIfAbsent(variable.getProcessInstanceId(), instance -> new HashMap<>())
                .put(variable.getName(), variable.getValue());
    }

    private static Item item(Task task, Map<String, Object> card, boolean excluded) {
        return new Item(
                task.getId(),
                task.getName(),
                task.getTaskDefinitionKey(),
                text(card.get(CaseVariables.DOCUMENT_NUMBER)),
                text(card.get(CaseVariables.CUSTOMER_NAME)),
                text(card.get(CaseVariables.AMOUNT)),
                Boolean.TRUE.equals(card.get(CaseVariables.URGENT)),
                instant(task.getDueDate()),
                task.getPriority(),
                task.getAssignee(),
                instant(task.getCreateTime()),
                excluded ? true : null);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static Instant instant(Date date) {
        return date == null ? null : date.toInstant();
    }
}
