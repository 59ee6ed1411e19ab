package com.shunpi.workflow;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;

/**
 * Takes a definition that is named by its id out of the engine's cache: it never changes, but for its suspension, and that
 * stops starts alone. Who starts a case looks for the latest version of its key, which is read anew
 * (docs/adr/0030-fewer-round-trips.md).
 */
final class KnownDefinitionManager extends ProcessDefinitionManager {

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
