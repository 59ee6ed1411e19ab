package com.shunpi.workflow;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Says of the tasks of a page which ones somebody may not have although they are in his queue (V1). A queue is narrowed by
 * group alone, so that it stays fast; whom a task excludes is looked up for what is shown.
 */
@Component
class ExcludedTasks {

    private final List<TaskExclusion> exclusions;

    ExcludedTasks(List<TaskExclusion> exclusions) {
        this.exclusions = exclusions;
    }

    /**
     * @param caseByTask business key of its case by the id of a task
     * @return ids of tasks, of those given
     */
    Set<String> among(Map<String, String> caseByTask, String userId) {
        Set<String> cases =
                caseByTask.values().stream().filter(Objects::nonNull).collect(Collectors.toSet());
        if (cases.isEmpty()) {
            return Set.of();
        }
        Set<String> excluded = new HashSet<>();
        exclusions.forEach(exclusion -> excluded.addAll(exclusion.excludedCases(cases, userId)));
        return caseByTask.entrySet().stream()
                .filter(task -> excluded.contains(task.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
