package com.shunpi.workflow;

import java.util.List;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;

/**
 * Narrows a task query to the caller's own tasks and queues (A3, A5). A query that asks for them anyway, as every queue
 * does, is left as it is: the condition would make a database look at all open tasks.
 */
final class QueueAuthorizationManager extends AuthorizationManager {

    @Override
    public void configureTaskQuery(TaskQueryImpl query) {
        super.configureTaskQuery(query);
        if (!query.getAuthCheck().isAuthorizationCheckEnabled()) {
            return;
        }
        Authentication user = getCurrentAuthentication();
        if (!TaskRights.oversees(user) && !isNarrow(query, user)) {
            query.addOrQuery(own(user));
        }
    }

    private static boolean isNarrow(TaskQueryImpl query, Authentication user) {
        List<String> groups = TaskRights.groups(user);
        return user.getUserId().equals(query.getAssignee())
                || user.getUserId().equals(query.getCandidateUser())
                || query.getCandidateGroup() != null && groups.contains(query.getCandidateGroup())
                || query.getCandidateGroupsInternal() != null && groups.containsAll(query.getCandidateGroupsInternal())
                || query.getQueries().stream().anyMatch(OwnTasks.class::isInstance);
    }

    private static TaskQueryImpl own(Authentication user) {
        OwnTasks own = new OwnTasks();
        own.setOrQueryActive();
        own.taskAssignee(user.getUserId());
        List<String> groups = TaskRights.groups(user);
        if (!groups.isEmpty()) {
            own.taskCandidateGroupIn(groups);
            own.includeAssignedTasks();
        }
        return own;
    }

    /** Known by its class, so that a query that runs twice is narrowed once. */
    private static final class OwnTasks extends TaskQueryImpl {}
}
