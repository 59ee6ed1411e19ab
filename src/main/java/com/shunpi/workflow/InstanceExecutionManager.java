package com.shunpi.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

/**
 * Reads the executions of an instance once in a command, all at once: the engine reads the one, and then all of them because
 * it needs its parent (docs/adr/0030-fewer-round-trips.md).
 */
final class InstanceExecutionManager extends ExecutionManager {

    private final Map<String, List<ExecutionEntity>> read = new HashMap<>();

    @Override
    public List<ExecutionEntity> findExecutionsByProcessInstanceId(String processInstanceId) {
        List<ExecutionEntity> executions = read.get(processInstanceId);
        if (executions == null) {
            executions = super.findExecutionsByProcessInstanceId(processInstanceId);
            read.put(processInstanceId, executions);
        }
        return executions;
    }

    @Override
    public ExecutionEntity findExecutionById(String executionId) {
        DbEntityManager entities = getDbEntityManager();
        if (entities.getCachedEntity(ExecutionEntity.class, executionId) == null) {
            instanceOf(executionId, entities)
                    .filter(instance -> !read.containsKey(instance))
                    .findFirst()
                    .ifPresent(this::findExecutionsByProcessInstanceId);
        }
        return super.findExecutionById(executionId);
    }

    /** Where a task waits, or what called an instance that is known already. */
    private static Stream<String> instanceOf(String executionId, DbEntityManager entities) {
        return Stream.concat(
                entities.getCachedEntitiesByType(TaskEntity.class).stream()
                        .filter(task -> executionId.equals(task.getExecutionId()))
                        .map(TaskEntity::getProcessInstanceId),
                entities.getCachedEntitiesByType(ExecutionEntity.class).stream()
                        .filter(called -> executionId.equals(called.getSuperExecutionId()))
                        .map(ExecutionEntity::getRootProcessInstanceId));
    }
}
