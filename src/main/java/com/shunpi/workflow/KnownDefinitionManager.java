package com.shunpi.workflow;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;

/**
 * Takes a definition that is named by its id out of the engine's cache: it never changes, but for its suspension, and that
 * stops starts alone. Who starts a case looks for the latest version of its key, which each command reads once
 * (docs/adr/0030-fewer-round-trips.md).
 */
final class KnownDefinitionManager extends ProcessDefinitionManager {

    private final Map<String, ProcessDefinitionEntity> latest = new HashMap<>();

    @Override
    public ProcessDefinitionEntity findLatestProcessDefinitionByKey(String key) {
        ProcessDefinitionEntity definition = latest.get(key);
        if (definition == null) {
            definition = super.findLatestProcessDefinitionByKey(key);
            latest.put(key, definition);
        }
        return definition;
    }

    @Override
    public ProcessDefinitionEntity getCachedResourceDefinitionEntity(String definitionId) {
        ProcessDefinitionEntity inThisCommand = super.getCachedResourceDefinitionEntity(definitionId);
        return inThisCommand != null
                ? inThisCommand
                : Context.getProcessEngineConfiguration()
                        .getDeploymentCache()
                        .findProcessDefinitionFromCache(definitionId);
    }
}
