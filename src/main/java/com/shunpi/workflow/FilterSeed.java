package com.shunpi.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.stereotype.Component;

/**
 * The queues in Tasklist (A3): one per role, what one holds oneself, and everything for who oversees. Most pressing
 * first, then by due date, with number, customer and amount on the card. Nobody may edit a filter, so each start brings
 * them back as they stand here.
 */
@Component
class FilterSeed {

    private static final Set<String> NO_QUEUE = Set.of(Groups.ADMIN, IdentitySeed.MONITORING);

    private static final List<Map<String, String>> CARD = List.of(
            Map.of("name", CaseVariables.DOCUMENT_NUMBER, "label", "单号"),
            Map.of("name", CaseVariables.CUSTOMER_NAME, "label", "客户"),
            Map.of("name", CaseVariables.AMOUNT, "label", "金额"),
            Map.of("name", CaseVariables.URGENT, "label", "加急"));

    private final FilterService filterService;
    private final TaskService taskService;
    private final AuthorizationSeed authorizations;

    FilterSeed(FilterService filterService, TaskService taskService, AuthorizationSeed authorizations) {
        this.filterService = filterService;
        this.taskService = taskService;
        this.authorizations = authorizations;
    }

    void seed() {
        for (String group : new TreeSet<>(IdentitySeed.groups())) {
            if (!NO_QUEUE.contains(group)) {
                String role = IdentitySeed.nameOf(group);
                TaskQuery queue =
                        taskService.createTaskQuery().taskCandidateGroup(group).includeAssignedTasks();
                Filter filter = filter(role + "待办", "等待" + role + "办理的任务", 10, "#00695c", queue);
                authorizations.grant(group, Resources.FILTER, filter.getId(), Permissions.READ);
            }
        }
        TaskQuery own = taskService.createTaskQuery().taskAssigneeExpression("${currentUser()}");
        Filter mine = filter("我的待办", "我已领取的任务", 20, "#1565c0", own);
        authorizations.global(Resources.FILTER, mine.getId(), Permissions.READ);

        Filter all = filter("全部待办", "所有部门的任务", 30, "#6d4c41", taskService.createTaskQuery());
        Groups.OVERSIGHT.forEach(group -> authorizations.grant(group, Resources.FILTER, all.getId(), Permissions.READ));
    }

    private Filter filter(String name, String description, int priority, String color, TaskQuery tasks) {
        Filter filter = filterService.createFilterQuery().filterName(name).listPage(0, 1).stream()
                .findFirst()
                .orElseGet(() -> filterService.newTaskFilter(name));
        Map<String, Object> properties = new HashMap<>();
        properties.put("description", description);
        properties.put("priority", priority);
        properties.put("color", color);
        properties.put("refresh", true);
        properties.put("showUndefinedVariable", false);
        properties.put("variables", CARD);
        filter.setProperties(properties);
        filter.setQuery(tasks.orderByTaskPriority()
                .desc()
                .orderByDueDate()
                .asc()
                .orderByTaskCreateTime()
                .asc());
        return filterService.saveFilter(filter);
    }
}
