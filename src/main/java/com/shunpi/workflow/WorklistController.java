package com.shunpi.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shunpi.shared.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The caller's open tasks (A3), in two statements however long the queue is, one when it is short; who verifies needs two more. */
@RestController
@RequestMapping("/api/worklist")
@Tag(name = "待办")
class WorklistController {

    private static final int LONGEST_PAGE = 500;

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

    /**
     * @param count all open tasks, of which {@code tasks} is the page that was asked for; at most 10,000
     * @param more whether there are more than {@code count}
     */
    record Page(long count, boolean more, List<Item> tasks) {}

    private final Worklist worklist;
    private final HiddenContent hidden;
    private final ExcludedTasks excludedTasks;
    private final TaskService taskService;
    private final CurrentActor actor;

    WorklistController(
            Worklist worklist,
            HiddenContent hidden,
            ExcludedTasks excludedTasks,
            TaskService taskService,
            CurrentActor actor) {
        this.worklist = worklist;
        this.hidden = hidden;
        this.excludedTasks = excludedTasks;
        this.taskService = taskService;
        this.actor = actor;
    }

    @GetMapping
    @Operation(summary = "我的待办：最紧急的在前")
    Page show(
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
            return new Page(0, false, List.of());
        }
        Set<String> queues = everything ? groups : Set.of(queue);
        // what waits for the caller: his own, and what nobody in his groups has claimed
        String user = everything ? actor.id() : null;
        List<Worklist.Row> page = worklist.page(queues, user, first, max);
        // a page that is not full is the last one
        boolean last = page.size() < max && (first == 0 || !page.isEmpty());
        long count = last ? first + page.size() : worklist.count(queues, user);
        Set<String> secret = hidden.among(page.stream()
                .flatMap(row -> Stream.of(row.caseKey(), row.rootKey()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        Map<String, String> cases = new HashMap<>();
        page.forEach(row -> cases.put(row.taskId(), row.caseKey()));
        Set<String> excluded = excludedTasks.among(cases, actor.id());
        return new Page(
                Math.min(count, Worklist.COUNTED),
                count > Worklist.COUNTED,
                page.stream().map(row -> item(row, secret, excluded)).toList());
    }

    @GetMapping("/excluded")
    @Operation(summary = "所列任务中，本人办理过单据而不能办的（任务编号）")
    Set<String> excluded(@RequestParam List<String> task) {
        if (task.isEmpty() || task.size() > LONGEST_PAGE) {
            throw RefusedException.invalid("task", "请给出 1 至 " + LONGEST_PAGE + " 个任务编号。");
        }
        // asked of the engine, which shows a person his own tasks alone
        List<String> seen = taskService.createTaskQuery().taskIdIn(task.toArray(String[]::new)).list().stream()
                .map(Task::getId)
                .toList();
        return excludedTasks.among(worklist.cases(seen), actor.id());
    }

    private static Item item(Worklist.Row row, Set<String> secret, Set<String> excluded) {
        boolean blind =
                Stream.of(row.caseKey(), row.rootKey()).filter(Objects::nonNull).anyMatch(secret::contains);
        return new Item(
                row.taskId(),
                row.name(),
                row.step(),
                row.document(),
                row.customer(),
                blind && !CaseVariables.HIDDEN.equals(row.amount()) ? null : row.amount(),
                row.urgent(),
                row.due(),
                row.priority(),
                row.assignee(),
                row.created(),
                excluded.contains(row.taskId()) ? true : null);
    }
}
