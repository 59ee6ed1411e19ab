package com.shunpi.workflow;

import java.util.Collection;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.persistence.entity.AcquirableJobEntity;
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
            // the engine keeps its jobs under the name of another class
            Collection<? extends DbEntity> jobs =
                    getDbEntityManager().getCachedEntitiesByType(AcquirableJobEntity.class);
            for (DbEntity entity : jobs) {
                if (entity instanceof JobEntity job && id.equals(job.getJobDefinitionId())) {
                    findByProcessDefinitionId(job.getProcessDefinitionId());
                    break;
                }
            }
        }
        return super.findById(id);
    }
}
