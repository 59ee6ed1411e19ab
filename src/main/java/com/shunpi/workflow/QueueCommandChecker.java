package com.shunpi.workflow;

import com.shunpi.shared.RefusedException;
import java.util.Optional;
import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.util.EnsureUtil;

/**
 * A grant on a process opens every task in it; this narrows it to the tasks of one's own queue (A3, A5). Who oversees may
 * read every task and hand it to somebody, but works on those alone that wait for him as well.
 */
final class QueueCommandChecker extends AuthorizationCommandChecker {

    /** Two of the engine's commands do not look whether what they are about is there. */
    private static void mustBeThere(Object named) {
        EnsureUtil.ensureNotNull("Nothing has this id", "id", named);
    }

    @Override
    public void checkUpdateProcessDefinitionSuspensionStateById(String id) {
        mustBeThere(Context.getCommandContext().getProcessDefinitionManager().findLatestProcessDefinitionById(id));
        super.checkUpdateProcessDefinitionSuspensionStateById(id);
    }

    @Override
    public void checkReadTask(TaskEntity task) {
        mustBeThere(task);
        super.checkReadTask(task);
        mustSee(task);
    }

    @Override
    public void checkReadTaskVariable(TaskEntity task) {
        super.checkReadTaskVariable(task);
        mustSee(task);
    }

    @Override
    public void checkTaskWork(TaskEntity task) {
        super.checkTaskWork(task);
        checkedUser().ifPresent(user -> {
            String assignee = task.getAssignee();
            if (assignee != null && !assignee.equals(user.getUserId())) {
                throw RefusedException.forbidden("任务已由他人领取，您不能办理。");
            }
            if (assignee == null && !isCandidate(task, user)) {
                throw RefusedException.forbidden("这项任务不在您的待办范围内。");
            }
        });
    }

    private static void mustSee(TaskEntity task) {
        checkedUser().ifPresent(user -> {
            if (!user.getUserId().equals(task.getAssignee())
                    && !TaskRights.oversees(user)
                    && !isCandidate(task, user)) {
                throw RefusedException.forbidden("这项任务不在您的待办范围内。");
            }
        });
    }

    private static boolean isCandidate(TaskEntity task, Authentication user) {
        return TaskRights.isCandidate(task.getCandidates(), user.getUserId(), TaskRights.groups(user));
    }

    /** The user whose rights count; empty for the engine itself and for code of ours. */
    private static Optional<Authentication> checkedUser() {
        CommandContext context = Context.getCommandContext();
        return Optional.ofNullable(context.getAuthentication())
                .filter(user -> user.getUserId() != null && context.isAuthorizationCheckEnabled());
    }
}
