package com.shunpi.workflow;

import com.shunpi.shared.RefusedException;
import java.util.List;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.db.CompositePermissionCheck;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
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

    /**
     * Nearly every right is one on a process, so that this is asked first: the engine's question about a task, its process and
     * each permission that would do is four times as long, and for yes needs one yes.
     */
    @Override
    public boolean isAuthorized(String userId, List<String> groupIds, CompositePermissionCheck checks) {
        return isAnyOf(checks) && isAuthorizedByProcess(userId, groupIds, checks)
                || super.isAuthorized(userId, groupIds, checks);
    }

    private boolean isAnyOf(CompositePermissionCheck checks) {
        return checks.isDisjunctive() && checks.getCompositeChecks().isEmpty();
    }

    private boolean isAuthorizedByProcess(String userId, List<String> groupIds, CompositePermissionCheck checks) {
        return checks.getAtomicChecks().stream()
                .filter(check -> check.getResource() == Resources.PROCESS_DEFINITION)
                .findFirst()
                .filter(check -> isAuthorized(userId, groupIds, check))
                .isPresent();
    }

    /** As they are: the engine reads all grants to leave out the groups that have none. */
    @Override
    public List<String> filterAuthenticatedGroupIds(List<String> groups) {
        return groups == null ? List.of() : groups;
    }

    /** Rights are granted per process and never per task or case, so that none go with them (docs/adr/0009). */
    @Override
    public void deleteAuthorizationsByResourceId(Resource resource, String id) {
        if (resource != Resources.TASK && resource != Resources.PROCESS_INSTANCE) {
            super.deleteAuthorizationsByResourceId(resource, id);
        }
    }

    @Override
    public void insert(DbEntity authorization) {
        mustNotBeOfOneTask((AuthorizationEntity) authorization);
        super.insert(authorization);
    }

    @Override
    public void update(AuthorizationEntity authorization) {
        mustNotBeOfOneTask(authorization);
        super.update(authorization);
    }

    private static void mustNotBeOfOneTask(AuthorizationEntity authorization) {
        int type = authorization.getResourceType();
        if ((type == Resources.TASK.resourceType() || type == Resources.PROCESS_INSTANCE.resourceType())
                && !Authorization.ANY.equals(authorization.getResourceId())) {
            throw RefusedException.invalid("resourceId", "权限按流程授予，不能授予单个任务或单个案件。");
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
