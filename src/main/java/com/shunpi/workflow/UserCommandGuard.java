package com.shunpi.workflow;

import com.shunpi.shared.DatabaseAway;
import com.shunpi.shared.PlainText;
import com.shunpi.shared.RefusedException;
import java.sql.SQLException;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.HistoricProcessInstanceQueryImpl;
import org.camunda.bpm.engine.impl.HistoricTaskInstanceQueryImpl;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.impl.cmd.ActivateJobCmd;
import org.camunda.bpm.engine.impl.cmd.ActivateJobDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.ActivateProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.ActivateProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.AuthorizationCheckCmd;
import org.camunda.bpm.engine.impl.cmd.CheckPassword;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CreateAuthorizationCommand;
import org.camunda.bpm.engine.impl.cmd.CreateGroupCmd;
import org.camunda.bpm.engine.impl.cmd.CreateGroupQueryCmd;
import org.camunda.bpm.engine.impl.cmd.CreateMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.CreateTenantQueryCmd;
import org.camunda.bpm.engine.impl.cmd.CreateUserCmd;
import org.camunda.bpm.engine.impl.cmd.CreateUserQueryCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteAuthorizationCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteGroupCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteMembershipCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteUserCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteFilterCountCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteFilterListCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteFilterListPageCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteFilterSingleResultCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.cmd.FindActiveActivityIdsCmd;
import org.camunda.bpm.engine.impl.cmd.FindHistoryCleanupJobsCmd;
import org.camunda.bpm.engine.impl.cmd.GetAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.GetAttachmentContentCmd;
import org.camunda.bpm.engine.impl.cmd.GetProcessInstanceAttachmentsCmd;
import org.camunda.bpm.engine.impl.cmd.GetProcessInstanceCommentsCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskAttachmentContentCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskAttachmentsCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskCommentCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskCommentsCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskEventsCmd;
import org.camunda.bpm.engine.impl.cmd.IsIdentityServiceReadOnlyCmd;
import org.camunda.bpm.engine.impl.cmd.IsTelemetryEnabledCmd;
import org.camunda.bpm.engine.impl.cmd.SaveAuthorizationCmd;
import org.camunda.bpm.engine.impl.cmd.SaveGroupCmd;
import org.camunda.bpm.engine.impl.cmd.SaveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SaveUserCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobRetriesCmd;
import org.camunda.bpm.engine.impl.cmd.SetTaskDueDateCmd;
import org.camunda.bpm.engine.impl.cmd.SetTaskFollowUpDateCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.SuspendJobCmd;
import org.camunda.bpm.engine.impl.cmd.SuspendJobDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.SuspendProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.SuspendProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.UnlockUserCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * What a person may ask of the engine, whatever his rights in it: work on his tasks, start what he may start, read,
 * comment; an administrator looks after people and jobs. Everything else is refused, to administrators as well:
 * a signal, a modification, a migration or a variable setter walks past every decision that a diagram asks for (V1, A2).
 * What code of ours does inside a command or through {@link EngineAccess} is not a person asking.
 */
final class UserCommandGuard extends CommandInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(UserCommandGuard.class);

    private static final String JSON = "json";
    private static final int TEXT_LENGTH = 4000;
    private static final int JSON_LENGTH = 1_000_000;
    private static final Set<String> PLAIN_TYPES =
            Set.of("string", "boolean", "integer", "long", "short", "double", "date", "null");
    private static final Set<String> EDITABLE = Set.of("dueDate", "followUpDate", "assignee");

    /** SQL states of a key that somebody else was faster to write, and of two transactions that wait for each other. */
    private static final Set<String> OUTRUN = Set.of("23505", "40001", "40P01");

    private static final Map<Class<?>, Rule> RULES = new HashMap<>();

    static {
        allow(
                (request, context, user) -> {},
                // questions
                ExecuteFilterCountCmd.class,
                ExecuteFilterListCmd.class,
                ExecuteFilterListPageCmd.class,
                ExecuteFilterSingleResultCmd.class,
                CreateUserQueryCmd.class,
                CreateGroupQueryCmd.class,
                CreateTenantQueryCmd.class,
                FindActiveActivityIdsCmd.class,
                FindHistoryCleanupJobsCmd.class,
                AuthorizationCheckCmd.class,
                CheckPassword.class,
                IsIdentityServiceReadOnlyCmd.class,
                IsTelemetryEnabledCmd.class,
                // the engine checks who may: sees to the queue, hands over, administers
                ClaimTaskCmd.class,
                SetTaskDueDateCmd.class,
                SetTaskFollowUpDateCmd.class,
                CreateUserCmd.class,
                CreateGroupCmd.class,
                SaveGroupCmd.class,
                CreateMembershipCmd.class,
                UnlockUserCmd.class,
                CreateAuthorizationCommand.class,
                SaveAuthorizationCmd.class,
                DeleteAuthorizationCmd.class,
                SetJobRetriesCmd.class,
                SuspendJobCmd.class,
                ActivateJobCmd.class,
                SuspendJobDefinitionCmd.class,
                ActivateJobDefinitionCmd.class,
                SuspendProcessInstanceCmd.class,
                ActivateProcessInstanceCmd.class,
                SuspendProcessDefinitionCmd.class,
                ActivateProcessDefinitionCmd.class);
        allow(
                UserCommandGuard::mustSeeTask,
                GetTaskCommentsCmd.class,
                GetTaskCommentCmd.class,
                GetTaskEventsCmd.class,
                GetTaskAttachmentsCmd.class,
                GetTaskAttachmentCmd.class,
                GetTaskAttachmentContentCmd.class);
        allow(
                UserCommandGuard::mustSeeInstance,
                GetProcessInstanceCommentsCmd.class,
                GetProcessInstanceAttachmentsCmd.class);
        allow(UserCommandGuard::mayComment, AddCommentCmd.class);
        allow(UserCommandGuard::mayAssign, AssignTaskCmd.class);
        allow(UserCommandGuard::mayComplete, CompleteTaskCmd.class, SubmitTaskFormCmd.class);
        allow(UserCommandGuard::mayStart, StartProcessInstanceCmd.class, SubmitStartFormCmd.class);
        allow(UserCommandGuard::mayUpdateTask, SaveTaskCmd.class);
        allow(UserCommandGuard::maySaveUser, SaveUserCmd.class);
        allow(
                UserCommandGuard::mustLeaveAnAdministrator,
                DeleteUserCmd.class,
                DeleteGroupCmd.class,
                DeleteMembershipCmd.class);
        // by its id alone an attachment cannot be told from another's
        RULES.put(GetAttachmentCmd.class, UserCommandGuard::refuse);
        RULES.put(GetAttachmentContentCmd.class, UserCommandGuard::refuse);
        // the second would take a retry away from the job that the first was refused
        RULES.put(ExecuteJobsCmd.class, UserCommandGuard::refuseInTheEnginesWords);
        RULES.put(FailedJobListener.class, UserCommandGuard::refuseInTheEnginesWords);
    }

    private final IdentityService identityService;
    private final Supplier<BlindReads> blindReads;
    private final Supplier<DecisionRecorder> decisions;

    /** The last two are asked for when the first person comes: they need the engine that this guard is a part of. */
    UserCommandGuard(
            IdentityService identityService, Supplier<BlindReads> blindReads, Supplier<DecisionRecorder> decisions) {
        this.identityService = identityService;
        this.blindReads = blindReads;
        this.decisions = decisions;
    }

    @Override
    public <T> T execute(Command<T> command) {
        boolean somebodyAsks =
                Context.getCommandContext() == null && identityService.getCurrentAuthentication() != null;
        try {
            return next.execute(guarded(command));
        } catch (RuntimeException e) {
            throw somebodyAsks ? answer(command, refusalIn(e)) : refusalIn(e);
        }
    }

    /** What a person hears of an exception. */
    private static RuntimeException answer(Command<?> command, RuntimeException e) {
        if (DatabaseAway.isBehind(e)) {
            LOG.warn("Database away in {}", command.getClass().getSimpleName());
            return RefusedException.unavailable();
        }
        boolean outrun =
                (e instanceof ProcessEngineException || e instanceof ConcurrencyFailureException) && wasOutrun(e);
        return outrun ? RefusedException.conflict("他人刚刚办理了同一单据，请刷新后重试。") : e;
    }

    /** Of two people who do something with one case at once the slower one has to look again: nothing of his was done. */
    private static boolean wasOutrun(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean sql = cause instanceof SQLException failed && OUTRUN.contains(String.valueOf(failed.getSQLState()));
            if (sql || cause instanceof OptimisticLockingException || cause instanceof ConcurrencyFailureException) {
                return true;
            }
        }
        return false;
    }

    private <T> Command<T> guarded(Command<T> command) {
        if (Context.getCommandContext() != null) {
            return command;
        }
        if (EngineAccess.isSystem()) {
            return context -> {
                context.disableAuthorizationCheck();
                return command.execute(context);
            };
        }
        Authentication user = identityService.getCurrentAuthentication();
        if (user == null || user.getUserId() == null) {
            return command;
        }
        return context -> {
            if (!(command instanceof AbstractQuery)) {
                rule(command).check(new Request(command), context, user);
            }
            ColleagueReads.mustNotSearchAddresses(command, user);
            Optional<AccountRecord.Entry> change = AccountRecord.of(command);
            T result = blindReads.get().withoutHidden(command, command.execute(context), context, user);
            change.ifPresent(entry -> entry.write(decisions.get()));
            return ColleagueReads.withoutAddresses(result, user);
        };
    }

    /** A refusal of ours that the engine wrapped on its way out, so that the caller reads our words. */
    private static RuntimeException refusalIn(RuntimeException e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof RefusedException)) {
            cause = cause.getCause();
        }
        return cause == null ? e : (RefusedException) cause;
    }

    private static Rule rule(Command<?> command) {
        Rule rule = RULES.get(command.getClass());
        if (rule != null) {
            return rule;
        }
        return reads(command.getClass()) ? (request, context, user) -> {} : UserCommandGuard::refuse;
    }

    /** The engine checks the rights of what it reads, but for the few above. */
    private static boolean reads(Class<?> command) {
        String name = command.getName();
        String simpleName = command.getSimpleName();
        return name.startsWith("org.camunda.bpm.")
                && (simpleName.startsWith("Get")
                        || name.contains("ReportImpl$")
                        || name.contains("MetricsQueryImpl$")
                        || name.startsWith("org.camunda.bpm.webapp.impl.db.")
                        || name.startsWith("org.camunda.bpm.cockpit.") && simpleName.startsWith("Query"));
    }

    @SafeVarargs
    private static void allow(Rule rule, Class<? extends Command<?>>... commands) {
        for (Class<?> command : commands) {
            RULES.put(command, rule);
        }
    }

    private static void refuse(Request request, CommandContext context, Authentication user) {
        throw RefusedException.forbidden("不允许直接在流程引擎中执行此操作，请通过任务或业务页面办理。（" + request.name() + "）");
    }

    /** The REST API makes a 500 of any other exception here. */
    private static void refuseInTheEnginesWords(Request request, CommandContext context, Authentication user) {
        throw new AuthorizationException("Nobody executes a job by hand: " + request.name());
    }

    /** Giving back what one holds is no matter of rights over others; all else the engine checks. */
    private static void mayAssign(Request request, CommandContext context, Authentication user) {
        if (request.field("userId") == null
                && user.getUserId().equals(task(request, context).getAssignee())) {
            context.disableAuthorizationCheck();
        }
    }

    private static void mayComplete(Request request, CommandContext context, Authentication user) {
        TaskEntity task = task(request, context);
        Map<String, Object> variables = request.field(request.is(CompleteTaskCmd.class) ? "variables" : "properties");
        ActivityImpl activity = task.getProcessDefinition().findActivity(task.getTaskDefinitionKey());
        mustBeDeclared(variables, activity);
    }

    private static void mayStart(Request request, CommandContext context, Authentication user) {
        ProcessDefinitionEntity definition;
        String businessKey;
        Map<String, Object> variables;
        if (request.is(SubmitStartFormCmd.class)) {
            String id = request.field("processDefinitionId");
            definition =
                    context.getProcessEngineConfiguration().getDeploymentCache().findDeployedProcessDefinitionById(id);
            businessKey = request.field("businessKey");
            variables = request.field("variables");
        } else {
            ProcessInstantiationBuilderImpl start = request.field("instantiationBuilder");
            var cache = context.getProcessEngineConfiguration().getDeploymentCache();
            definition = start.getProcessDefinitionId() != null
                    ? cache.findDeployedProcessDefinitionById(start.getProcessDefinitionId())
                    : cache.findDeployedLatestProcessDefinitionByKey(start.getProcessDefinitionKey());
            businessKey = start.getBusinessKey();
            variables = start.getVariables();
        }
        var latest = context.getProcessDefinitionManager().findLatestProcessDefinitionByKey(definition.getKey());
        if (!latest.getId().equals(definition.getId())) {
            throw RefusedException.conflict("只能按最新版本的流程发起。");
        }
        if (businessKey != null && !businessKey.isEmpty()) {
            throw RefusedException.invalid("businessKey", "单号由系统分配，不能自行指定。");
        }
        mustBeDeclared(variables, definition.getInitial());
    }

    /** A person hands in what the form asks for, and nothing that decides or shows anything else (A2). */
    private static void mustBeDeclared(Map<String, Object> variables, ActivityImpl activity) {
        if (variables == null) {
            return;
        }
        Set<?> inputs = (Set<?>) activity.getProperty(TaskGuards.INPUTS);
        for (String name : variables.keySet()) {
            if (inputs == null || !inputs.contains(name)) {
                throw RefusedException.invalid(name, "不允许提交变量：" + name);
            }
            // asked for its plain values, such a map would deserialize what somebody sent
            mustBePlain(name, variables instanceof VariableMap typed ? typed.getValueTyped(name) : variables.get(name));
        }
    }

    private static void mustBePlain(String name, Object value) {
        String type = type(value);
        if (!type.equals(JSON) && !PLAIN_TYPES.contains(type)) {
            throw RefusedException.invalid(name, "变量 " + name + " 的类型不允许：" + type);
        }
        int limit = type.equals(JSON) ? JSON_LENGTH : TEXT_LENGTH;
        Object content = value instanceof TypedValue typed && !type.equals(JSON) ? typed.getValue() : value;
        if (content != null && content.toString().length() > limit) {
            throw RefusedException.invalid(name, "内容太长，不能超过 " + limit + " 个字符：" + name);
        }
        if (content != null && PlainText.isForged(content.toString())) {
            throw RefusedException.invalid(name, "内容含有不可见的控制字符：" + name);
        }
    }

    private static String type(Object value) {
        if (value instanceof TypedValue typed && typed.getType() != null) {
            return typed.getType().getName();
        }
        Object content = value instanceof TypedValue typed ? typed.getValue() : value;
        if (content == null) {
            return "null";
        }
        boolean plain = content instanceof Number || content instanceof Date;
        return content instanceof String
                ? "string"
                : content instanceof Boolean ? "boolean" : plain ? "long" : "object";
    }

    private static void mayComment(Request request, CommandContext context, Authentication user) {
        String instance = request.field("processInstanceId");
        if (PlainText.isForged(request.field("message"))) {
            throw RefusedException.invalid("message", "意见含有不可见的控制字符。");
        }
        if (request.field("taskId") == null) {
            mustSeeInstance(request, context, user);
            return;
        }
        TaskEntity task = task(request, context);
        checkers(context).forEach(checker -> checker.checkReadTask(task));
        if (instance != null && !instance.equals(task.getProcessInstanceId())) {
            throw RefusedException.invalid("processInstanceId", "任务不属于这个流程实例。");
        }
    }

    private static void mustSeeTask(Request request, CommandContext context, Authentication user) {
        String id = request.field("taskId");
        TaskEntity open = id == null ? null : context.getTaskManager().findTaskById(id);
        if (open != null) {
            checkers(context).forEach(checker -> checker.checkReadTask(open));
            return;
        }
        HistoricTaskInstanceQueryImpl done = new HistoricTaskInstanceQueryImpl();
        done.taskId(id == null ? "" : id);
        if (context.getHistoricTaskInstanceManager().findHistoricTaskInstanceCountByQueryCriteria(done) == 0) {
            throw RefusedException.notFound("没有这项任务。");
        }
    }

    private static void mustSeeInstance(Request request, CommandContext context, Authentication user) {
        String id = request.field("processInstanceId");
        HistoricProcessInstanceQueryImpl instance = new HistoricProcessInstanceQueryImpl();
        instance.processInstanceId(id == null ? "" : id);
        if (context.getHistoricProcessInstanceManager().findHistoricProcessInstanceCountByQueryCriteria(instance)
                == 0) {
            throw RefusedException.notFound("没有这个流程实例。");
        }
    }

    /** Tasklist saves the whole task when somebody changes a date. */
    private static void mayUpdateTask(Request request, CommandContext context, Authentication user) {
        TaskEntity task = request.field("task");
        if (task.getRevision() == 0
                || !EDITABLE.containsAll(task.getPropertyChanges().keySet())) {
            refuse(request, context, user);
        }
    }

    /** His own password is everybody's business, his name and address are the administrator's. */
    private static void maySaveUser(Request request, CommandContext context, Authentication user) {
        UserEntity changed = request.field("user");
        if (!TaskRights.groups(user).contains(Groups.ADMIN)) {
            mustBeHisPasswordAlone(changed, context, user);
        }
        String password = AccountRecord.newPassword(changed);
        if (password != null
                && !StrongPassword.is(
                        password,
                        changed,
                        context.getProcessEngineConfiguration().getIdentityService())) {
            throw RefusedException.invalid("password", "密码太弱：" + StrongPassword.RULE + "。");
        }
    }

    private static void mustBeHisPasswordAlone(UserEntity changed, CommandContext context, Authentication user) {
        User known = context.getReadOnlyIdentityProvider().findUserById(user.getUserId());
        boolean onlyPassword = changed.getId().equals(user.getUserId())
                && equal(changed.getFirstName(), known.getFirstName())
                && equal(changed.getLastName(), known.getLastName())
                && equal(changed.getEmail(), known.getEmail());
        if (!onlyPassword) {
            throw RefusedException.forbidden("姓名和邮箱由管理员维护，您只能修改自己的密码。");
        }
    }

    private static boolean equal(String one, String other) {
        return (one == null ? "" : one).equals(other == null ? "" : other);
    }

    /** While there is none, the next stranger could become one (CVE-2026-77226). */
    private static void mustLeaveAnAdministrator(Request request, CommandContext context, Authentication user) {
        String group = request.is(DeleteUserCmd.class) ? Groups.ADMIN : request.field("groupId");
        if (!Groups.ADMIN.equals(group)) {
            return;
        }
        List<User> administrators = context.getReadOnlyIdentityProvider()
                .createUserQuery()
                .memberOfGroup(Groups.ADMIN)
                .list();
        boolean nobodyLeft = request.is(DeleteGroupCmd.class)
                || administrators.stream().map(User::getId).allMatch(request.<String>field("userId")::equals);
        if (nobodyLeft) {
            throw RefusedException.conflict("系统至少要有一名管理员。");
        }
    }

    private static TaskEntity task(Request request, CommandContext context) {
        String id = request.field("taskId");
        TaskEntity task = id == null ? null : context.getTaskManager().findTaskById(id);
        if (task == null) {
            throw RefusedException.notFound("没有这项任务，可能已由他人办理。");
        }
        return task;
    }

    private static List<CommandChecker> checkers(CommandContext context) {
        return context.getProcessEngineConfiguration().getCommandCheckers();
    }

    @FunctionalInterface
    private interface Rule {
        void check(Request request, CommandContext context, Authentication user);
    }

    /** A command with the arguments that it keeps to itself. */
    private record Request(Command<?> command) {

        boolean is(Class<?> type) {
            return command.getClass() == type;
        }

        String name() {
            return command.getClass().getSimpleName();
        }

        @SuppressWarnings("unchecked")
        <T> T field(String name) {
            return (T) new DirectFieldAccessor(command).getPropertyValue(name);
        }
    }
}
