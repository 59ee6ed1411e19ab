package com.shunpi.workflow;

import com.shunpi.shared.Fault;
import com.shunpi.shared.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody leaves: his account is frozen at once and his open tasks move to a named person, in one step and one transaction
 * (A4). What the successor may not have (not his department, or four eyes) goes back to the queue it came from.
 */
@Service
@Transactional
class Leavers {

    static final String FREEZE = "freeze";
    static final String UNFREEZE = "unfreeze";

    static final String PROCESS = "account";

    /**
     * What became of a task.
     *
     * @param reason why the successor did not get it; null when he did
     */
    record Moved(String taskId, String name, String caseNumber, String reason) {}

    private final FrozenAccounts accounts;
    private final IdentityService identityService;
    private final TaskService taskService;
    private final RuntimeService runtimeService;
    private final ObjectProvider<TaskExclusion> exclusions;
    private final DecisionRecorder decisions;
    private final CurrentActor actor;
    private final EngineAccess engine;
    private final Clock clock;

    Leavers(
            FrozenAccounts accounts,
            IdentityService identityService,
            TaskService taskService,
            RuntimeService runtimeService,
            ObjectProvider<TaskExclusion> exclusions,
            DecisionRecorder decisions,
            CurrentActor actor,
            EngineAccess engine,
            Clock clock) {
        this.accounts = accounts;
        this.identityService = identityService;
        this.taskService = taskService;
        this.runtimeService = runtimeService;
        this.exclusions = exclusions;
        this.decisions = decisions;
        this.actor = actor;
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * Freezes an account and hands its tasks over. Refused for who is unknown, frozen already, oneself, or the last
     * administrator, and when the successor is unknown, frozen, or the leaver himself.
     */
    List<Moved> freeze(String userId, String successor, String reason) {
        String by = actor.id();
        mustBeRight(userId, successor, by);
        try {
            accounts.add(new FrozenAccounts.Frozen(userId, successor, reason, by, Instant.now(clock)));
        } catch (DuplicateKeyException e) {
            throw RefusedException.conflict("账号 " + userId + " 刚由他人冻结。");
        }
        List<Moved> moved = engine.asSystem(() -> handOver(userId, successor, reason));
        decisions.record(
                AccountRecord.numberOf(userId),
                PROCESS,
                FREEZE,
                "冻结账号",
                FREEZE,
                reason,
                Map.of(
                        "successor",
                        successor,
                        "handedOver",
                        moved.stream().filter(task -> task.reason() == null).count(),
                        "backToQueue",
                        moved.stream().filter(task -> task.reason() != null).count()));
        return moved;
    }

    /** Lets an account be used again; tasks that were handed over stay where they are. Refused when it is not frozen. */
    void unfreeze(String userId, String reason) {
        if (!accounts.remove(userId)) {
            throw RefusedException.conflict("账号 " + userId + " 没有冻结。");
        }
        decisions.record(AccountRecord.numberOf(userId), PROCESS, UNFREEZE, "解冻账号", UNFREEZE, reason, Map.of());
    }

    private void mustBeRight(String userId, String successor, String by) {
        List<Fault> faults = new ArrayList<>();
        if (isUnknown(userId)) {
            throw RefusedException.notFound("没有账号 " + userId + "。");
        }
        if (userId.equals(by)) {
            faults.add(Fault.of("userId", "不能冻结自己的账号。"));
        }
        if (accounts.contains(userId)) {
            throw RefusedException.conflict("账号 " + userId + " 已经冻结。");
        }
        if (isUnknown(successor)) {
            faults.add(Fault.of("successor", "请选择接手人，须是系统里的账号。"));
        } else if (successor.equals(userId)) {
            faults.add(Fault.of("successor", "接手人不能是离职的人自己。"));
        } else if (accounts.contains(successor)) {
            faults.add(Fault.of("successor", "接手人 " + successor + " 的账号也已冻结。"));
        }
        if (isLastAdministrator(userId)) {
            faults.add(Fault.of("userId", "系统至少要有一名管理员。"));
        }
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
    }

    private boolean isUnknown(String userId) {
        return userId == null
                || userId.isBlank()
                || identityService.createUserQuery().userId(userId).count() == 0;
    }

    private boolean isLastAdministrator(String userId) {
        Set<String> frozen = accounts.all().keySet();
        Set<String> administrators = identityService.createUserQuery().memberOfGroup(Groups.ADMIN).list().stream()
                .map(user -> user.getId())
                .filter(id -> !frozen.contains(id))
                .collect(Collectors.toSet());
        return administrators.equals(Set.of(userId));
    }

    private List<Moved> handOver(String userId, String successor, String reason) {
        List<Task> tasks = taskService
                .createTaskQuery()
                .taskAssignee(userId)
                .orderByTaskId()
                .asc()
                .list();
        if (tasks.isEmpty()) {
            return List.of();
        }
        Map<String, ProcessInstance> cases = runtimeService
                .createProcessInstanceQuery()
                .processInstanceIds(
                        tasks.stream().map(Task::getProcessInstanceId).collect(Collectors.toSet()))
                .list()
                .stream()
                .collect(Collectors.toMap(ProcessInstance::getId, instance -> instance));
        Set<String> groups = identityService.createGroupQuery().groupMember(successor).list().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
        List<Moved> moved = new ArrayList<>();
        for (Task task : tasks) {
            ProcessInstance of = cases.get(task.getProcessInstanceId());
            Optional<String> refusal = refusal(task, of, successor, groups);
            taskService.setAssignee(task.getId(), refusal.isPresent() ? null : successor);
            Map<String, Object> facts = new HashMap<>();
            facts.put("from", userId);
            facts.put("to", refusal.isPresent() ? "" : successor);
            decisions.record(
                    of.getBusinessKey(),
                    String.valueOf(taskService.getVariable(task.getId(), CaseVariables.DOCUMENT_NUMBER)),
                    of.getProcessDefinitionKey(),
                    task.getTaskDefinitionKey(),
                    task.getName(),
                    "hand-over",
                    refusal.map(why -> reason + "（退回队列：" + why + "）").orElse(reason),
                    facts);
            moved.add(new Moved(task.getId(), task.getName(), of.getBusinessKey(), refusal.orElse(null)));
        }
        return moved;
    }

    private Optional<String> refusal(Task task, ProcessInstance of, String successor, Set<String> groups) {
        if (!TaskRights.isCandidate(taskService.getIdentityLinksForTask(task.getId()), successor, groups)) {
            return Optional.of("接手人不属于这项任务的办理部门");
        }
        return exclusions.stream()
                .flatMap(exclusion -> exclusion
                        .refusal(
                                of.getProcessDefinitionKey(),
                                task.getTaskDefinitionKey(),
                                of.getBusinessKey(),
                                successor)
                        .stream())
                .findFirst();
    }
}
