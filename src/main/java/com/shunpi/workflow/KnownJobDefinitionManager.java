package com.shunpi.workflow;

import org.camunda.bpm.engine.impl.context.BpmnExecutionContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.persistence.entity.AcquirableJobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobDefinitionManager;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;

/**
 * Reads the timers of a diagram at once: the engine reads one after the other when they go
 * together (docs/adr/0030-fewer-round-trips.md).
 */
final class KnownJobDefinitionManager extends JobDefinitionManager {

    @Override
    public JobDefinitionEntity findById(String id) {
        if (getDbEntityManager().getCachedEntity(JobDefinitionEntity.class, id) == null) {
            String diagram = diagram(id);
            if (diagram != null) {
                findByProcessDefinitionId(diagram);
            }
        }
        return super.findById(id);
    }

    /** The definition of the case at work, or of a job that is known; null when neither is. */
    private String diagram(String jobDefinition) {
        BpmnExecutionContext work = Context.getBpmnExecutionContext();
        if (work != null) {
            return work.getExecution().getProcessDefinitionId();
        }
        // the engine keeps its jobs under the name of another class
        for (DbEntity entity : getDbEntityManager().getCachedEntitiesByType(AcquirableJobEntity.class)) {
            if (entity instanceof JobEntity job && jobDefinition.equals(job.getJobDefinitionId())) {
                return job.getProcessDefinitionId();
            }
        }
        return null;
    }
}
