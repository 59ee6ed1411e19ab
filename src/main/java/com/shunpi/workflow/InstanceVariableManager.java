package com.shunpi.workflow;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceManager;

/**
 * Reads the variables of an instance once in a command, all scopes at once: the engine asks scope by scope, and for each task
 * (docs/adr/0030-fewer-round-trips.md).
 */
final class InstanceVariableManager extends VariableInstanceManager {

    /** By instance, then by execution or task, as it stood in the database when it was read. */
    private final Map<String, Map<String, List<VariableInstanceEntity>>> read = new HashMap<>();

    @Override
    public List<VariableInstanceEntity> findVariableInstancesByExecutionIdAndVariableNames(
            String executionId, Collection<String> names) {
        ExecutionEntity execution = getDbEntityManager().getCachedEntity(ExecutionEntity.class, executionId);
        return names != null || execution == null
                ? super.findVariableInstancesByExecutionIdAndVariableNames(executionId, names)
                : of(execution.getProcessInstanceId(), executionId);
    }

    @Override
    public List<VariableInstanceEntity> findVariableInstancesByTaskIdAndVariableNames(
            String taskId, Collection<String> names) {
        TaskEntity task = getDbEntityManager().getCachedEntity(TaskEntity.class, taskId);
        if (task != null && task.getRevision() == 0) {
            // made in this command
            return List.of();
        }
        return names != null || task == null || task.getProcessInstanceId() == null
                ? super.findVariableInstancesByTaskIdAndVariableNames(taskId, names)
                : of(task.getProcessInstanceId(), taskId);
    }

    private List<VariableInstanceEntity> of(String instance, String scope) {
        Map<String, List<VariableInstanceEntity>> scopes = read.get(instance);
        if (scopes == null) {
            scopes = findVariableInstancesByProcessInstanceId(instance).stream()
                    .collect(Collectors.groupingBy(variable ->
                            variable.getTaskId() != null ? variable.getTaskId() : variable.getExecutionId()));
            read.put(instance, scopes);
        }
        return scopes.getOrDefault(scope, List.of());
    }
}
