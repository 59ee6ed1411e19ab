package com.shunpi.workflow;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricTaskInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/**
 * Tells the history what the engine knows already: when a task began, which would be read back once for the task and once
 * for its activity to say how long they took, and which definition it belongs to (docs/adr/0030-fewer-round-trips.md).
 */
final class HistoryOfKnownFacts extends CacheAwareHistoryEventProducer {

    @Override
    public HistoryEvent createTaskInstanceCreateEvt(DelegateTask task) {
        return begunWith(task, super.createTaskInstanceCreateEvt(task));
    }

    @Override
    public HistoryEvent createTaskInstanceUpdateEvt(DelegateTask task) {
        return begunWith(task, super.createTaskInstanceUpdateEvt(task));
    }

    @Override
    public HistoryEvent createTaskInstanceCompleteEvt(DelegateTask task, String reason) {
        return begunWith(task, super.createTaskInstanceCompleteEvt(task, reason));
    }

    private static HistoryEvent begunWith(DelegateTask task, HistoryEvent event) {
        ((HistoricTaskInstanceEventEntity) event).setStartTime(task.getCreateTime());
        return event;
    }

    @Override
    public HistoryEvent createActivityInstanceUpdateEvt(DelegateExecution execution, DelegateTask task) {
        HistoricActivityInstanceEventEntity event =
                (HistoricActivityInstanceEventEntity) super.createActivityInstanceUpdateEvt(execution, task);
        if (task != null && event.getStartTime() == null) {
            event.setStartTime(task.getCreateTime());
        }
        return event;
    }

    @Override
    public HistoryEvent createActivityInstanceEndEvt(DelegateExecution execution) {
        HistoricActivityInstanceEventEntity event =
                (HistoricActivityInstanceEventEntity) super.createActivityInstanceEndEvt(execution);
        if (event.getStartTime() == null) {
            event.setStartTime(startOfItsTask(event.getActivityInstanceId()));
        }
        return event;
    }

    /** Null when no task of the activity ended in this command. */
    private static Date startOfItsTask(String activityInstance) {
        return Context.getCommandContext()
                .getDbEntityManager()
                .getCachedEntitiesByType(HistoricTaskInstanceEventEntity.class)
                .stream()
                .filter(task -> activityInstance.equals(task.getActivityInstanceId()))
                .map(HistoricTaskInstanceEventEntity::getStartTime)
                .findFirst()
                .orElse(null);
    }

    @Override
    protected ProcessDefinitionEntity getProcessDefinitionEntity(String definitionId) {
        ProcessDefinitionEntity known = Context.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findProcessDefinitionFromCache(definitionId);
        return known != null ? known : super.getProcessDefinitionEntity(definitionId);
    }
}
