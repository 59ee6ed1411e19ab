package com.shunpi.workflow;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/**
 * Says of the tasks of a page which ones somebody may not have although they are in his queue (V1). A queue is narrowed by
 * group alone, so that it stays fast; whom a task excludes is looked up for what is shown.
 */
@Component
class ExcludedTasks {

    private final RuntimeService runtimeService;
    private final EngineAccess engine;
    private final List<TaskExclusion> exclusions;

    ExcludedTasks(RuntimeService runtimeService, EngineAccess engine, List<TaskExclusion> exclusions) {
        this.runtimeService = runtimeService;
        this.engine = engine;
        this.exclusions = exclusions;
    }

    /** @return ids of tasks, of those given */
    Set<String> among(Collection<Task> tasks, String userId) {
        if (tasks.isEmpty()) {
            return Set.of();
        }
        Map<String, String> numbers = businessKeys(tasks);
        Set<String> excluded = new HashSet<>();
        exclusions.forEach(exclusion -> excluded.addAll(exclusion.excludedCases(Set.copyOf(numbers.values()), userId)));
        return tasks.stream()
                .filter(task -> excluded.contains(numbers.get(task.getProcessInstanceId())))
                .map(Task::getId)
                .collect(Collectors.toSet());
    }

    private Map<String, String> businessKeys(Collection<Task> tasks) {
        Set<String> instances = tasks.stream().map(Task::getProcessInstanceId).collect(Collectors.toSet());
        return engine.asSystem(
                () -> runtimeService.createProcessInstanceQuery().processInstanceIds(instances).list().stream()
                        .filter(instance -> instance.getBusinessKey() != null)
                        .collect(Collectors.toMap(ProcessInstance::getId, ProcessInstance::getBusinessKey)));
    }
}
