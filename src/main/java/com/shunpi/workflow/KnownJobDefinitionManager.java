package com.shunpi.workflow;

import org.camunda.bpm.engine.impl.persistence.entity.JobDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobDefinitionManager;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;

/**
 * Reads the timers of a diagram at once where one of them is known: the engine reads one after the other when they go
 * together (docs/adr/0030-fewer-round-trips.md).
 */
final class KnownJobDefinitionManager extends JobDefinitionManager {

    @Override
    public JobDefinitionEntity findById(String id) {
        if (getDbEntityManager().getCachedEntity(JobDefinitionEntity.class, id) == null) {
            getDbEntityManager().getCachedEntitiesByType(JobEntity.class).stream()
                    .filter(job -> id.equals(job.getJobDefinitionId()))
                    .findFirst()
                    .ifPresent(job -> findByProcessDefinitionId(job.getProcessDefinitionId()));
        }
        return super.findById(id);
    }
}
