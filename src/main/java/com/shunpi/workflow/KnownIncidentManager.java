package com.shunpi.workflow;

import java.util.List;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.IncidentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.IncidentManager;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.runtime.Incident;

/**
 * Asks the execution of a timer for the timer's incidents, whose row says whether it has any; the engine looks for them
 * whenever a timer goes (docs/adr/0030-fewer-round-trips.md).
 */
final class KnownIncidentManager extends IncidentManager {

    @Override
    public List<Incident> findIncidentByConfigurationAndIncidentType(String configuration, String type) {
        JobEntity job = getDbEntityManager().getCachedEntity(JobEntity.class, configuration);
        ExecutionEntity execution = job == null || job.getExecutionId() == null
                ? null
                : getDbEntityManager().getCachedEntity(ExecutionEntity.class, job.getExecutionId());
        if (execution == null) {
            return super.findIncidentByConfigurationAndIncidentType(configuration, type);
        }
        return execution.getIncidents().stream()
                .filter(incident -> isOf(incident, configuration, type))
                .map(Incident.class::cast)
                .toList();
    }

    private static boolean isOf(IncidentEntity incident, String configuration, String type) {
        return configuration.equals(incident.getConfiguration())
                && (type == null || type.equals(incident.getIncidentType()));
    }
}
