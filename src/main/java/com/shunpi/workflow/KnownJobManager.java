package com.shunpi.workflow;

import java.util.List;
import org.camunda.bpm.engine.impl.jobexecutor.ProcessEventJobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;

/**
 * Looks for no job that hands on an event, whenever an execution stops waiting for one. Only a signal that a diagram throws
 * asynchronously makes such a job, and one that finds nobody waiting does nothing (docs/adr/0030-fewer-round-trips.md).
 */
final class KnownJobManager extends JobManager {

    @Override
    public List<JobEntity> findJobsByConfiguration(String handler, String configuration, String tenant) {
        return handler.equals(ProcessEventJobHandler.TYPE)
                ? List.of()
                : super.findJobsByConfiguration(handler, configuration, tenant);
    }
}
