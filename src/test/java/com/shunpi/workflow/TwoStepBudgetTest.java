package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.SqlBudget;
import com.shunpi.SqlCounter;
import com.shunpi.SqlCounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * An approval in two steps on the engine as we set it up: how little it says to the database, and that its history is
 * complete all the same.
 */
@ShunpiTest
class TwoStepBudgetTest {

    private static final String KEY = "two-step";

    @Autowired
    private RepositoryService repository;

    @Autowired
    private AuthorizationService authorizations;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private HistoryService history;

    @Autowired
    private EngineAccess engine;

    @Autowired
    private SqlCounter sql;

    @Autowired
    private Login login;

    private String deployment;
    private List<Authorization> grants;
    private String instance;
    private final Map<String, SqlCounts> steps = new LinkedHashMap<>();

    @BeforeEach
    void deploy() {
        deployment = repository
                .createDeployment()
                .addModelInstance(
                        KEY + ".bpmn",
                        Bpmn.createExecutableProcess(KEY)
                                .camundaHistoryTimeToLiveString("P1825D")
                                .startEvent()
                                .serviceTask("register")
                                .camundaClass(Nothing.class)
                                .userTask("review")
                                .camundaCandidateGroups("sales-assistant")
                                .serviceTask("check")
                                .camundaClass(Nothing.class)
                                .userTask("approve")
                                .camundaCandidateGroups("sales-manager")
                                .serviceTask("apply")
                                .camundaClass(Nothing.class)
                                .endEvent("done")
                                .done())
                .deploy()
                .getId();
        grants = List.of(grant("sales-assistant"), grant("sales-manager"));
        // the first one fills the caches
        approve();
        steps.clear();
        approve();
    }

    @AfterEach
    void tidyUp() {
        grants.forEach(grant -> authorizations.deleteAuthorization(grant.getId()));
        repository.deleteDeployment(deployment, true);
    }

    /** As {@link AuthorizationSeed} does it for the processes of the house. */
    private Authorization grant(String group) {
        Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setGroupId(group);
        grant.setResource(Resources.PROCESS_DEFINITION);
        grant.setResourceId(KEY);
        grant.addPermission(ProcessDefinitionPermissions.READ_TASK);
        grant.addPermission(ProcessDefinitionPermissions.TASK_WORK);
        return authorizations.saveAuthorization(grant);
    }

    private void approve() {
        SqlCounts[] said = new SqlCounts[1];
        instance = login.as(
                "assistant1",
                () -> sql.during(
                        said,
                        () -> engine.asSystem(() -> runtime.startProcessInstanceByKey(
                                        KEY, "TS-1", CaseVariables.card("TS-1", "客户", BigDecimal.TEN, false, 50)))
                                .getId()));
        steps.put("start", said[0]);
        complete("assistant1", "review");
        complete("manager", "approve");
    }

    private void complete(String user, String step) {
        String task = tasks.createTaskQuery()
                .processInstanceId(instance)
                .taskDefinitionKey(step)
                .singleResult()
                .getId();
        login.run(user, () -> steps.put(step, sql.during(() -> tasks.complete(task))));
    }

    @Test
    void itSaysNoMoreThanItIsKnownTo() {
        SqlBudget.check(KEY, steps);
        assertThat(steps.values().stream().mapToInt(SqlCounts::trips).sum()).isLessThanOrEqualTo(54);
        assertThat(steps.values()).allSatisfy(said -> assertThat(said.commits()).isEqualTo(1));
    }

    @Test
    void itsHistoryIsComplete() {
        assertThat(history.createHistoricProcessInstanceQuery()
                        .processInstanceId(instance)
                        .finished()
                        .singleResult())
                .satisfies(ended -> {
                    assertThat(ended.getStartUserId()).isEqualTo("assistant1");
                    assertThat(ended.getDurationInMillis()).isNotNull();
                });
        List<HistoricActivityInstance> activities = history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .list();
        assertThat(activities)
                .extracting(HistoricActivityInstance::getActivityId)
                .contains("register", "review", "check", "approve", "apply", "done")
                .hasSize(7);
        assertThat(activities).allSatisfy(activity -> {
            assertThat(activity.getStartTime()).isNotNull();
            assertThat(activity.getEndTime()).isNotNull();
            assertThat(activity.getDurationInMillis()).isNotNull();
        });
        assertThat(history.createHistoricTaskInstanceQuery()
                        .processInstanceId(instance)
                        .list())
                .extracting(HistoricTaskInstance::getTaskDefinitionKey, HistoricTaskInstance::getAssignee)
                .containsExactlyInAnyOrder(tuple("review", "assistant1"), tuple("approve", "manager"));
        assertThat(history.createHistoricTaskInstanceQuery()
                        .processInstanceId(instance)
                        .list())
                .allSatisfy(task -> assertThat(task.getDurationInMillis())
                        .isEqualTo(task.getEndTime().getTime()
                                - task.getStartTime().getTime()));
        assertThat(history.createHistoricVariableInstanceQuery()
                        .processInstanceId(instance)
                        .list())
                .extracting(HistoricVariableInstance::getName)
                .containsExactlyInAnyOrder("documentNumber", "customerName", "amount", "urgent", "priority");
        assertThat(history.createHistoricDetailQuery()
                        .processInstanceId(instance)
                        .variableUpdates()
                        .count())
                .isEqualTo(5);
        assertThat(history.createUserOperationLogQuery()
                        .processInstanceId(instance)
                        .operationType(UserOperationLogEntry.OPERATION_TYPE_COMPLETE)
                        .list())
                .extracting(UserOperationLogEntry::getUserId)
                .contains("assistant1", "manager");
        assertThat(history.createHistoricIdentityLinkLogQuery()
                        .processDefinitionKey(KEY)
                        .count())
                .isPositive();
    }

    /** Because of these two the engine need not look for what could hang on a task whenever one is done. */
    @Test
    void noGrantIsOfOneTaskAndNoTaskHasParts() {
        Authorization ofOneTask = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        ofOneTask.setGroupId("sales-assistant");
        ofOneTask.setResource(Resources.TASK);
        ofOneTask.setResourceId("one");
        ofOneTask.addPermission(Permissions.READ);
        assertThatThrownBy(() -> authorizations.saveAuthorization(ofOneTask)).hasMessageContaining("单个任务");
        Task whole = tasks.newTask();
        tasks.saveTask(whole);
        Task part = tasks.newTask();
        part.setParentTaskId(whole.getId());
        assertThatThrownBy(() -> tasks.saveTask(part)).hasMessageContaining("no parts");
        tasks.deleteTask(whole.getId(), true);
    }

    /** What ended more than its time to live ago is found by its end, without a date of its own (endTimeBased). */
    @Test
    void itIsCleanedUpAfterFiveYearsFromItsEnd() {
        assertThat(cleanable()).isZero();
        var now = ClockUtil.getCurrentTime();
        try {
            ClockUtil.setCurrentTime(Date.from(now.toInstant().plus(Duration.ofDays(1826))));
            assertThat(cleanable()).isEqualTo(2);
        } finally {
            ClockUtil.reset();
        }
    }

    private long cleanable() {
        return history.createCleanableHistoricProcessInstanceReport()
                .processDefinitionKeyIn(KEY)
                .list()
                .get(0)
                .getCleanableProcessInstanceCount();
    }

    public static final class Nothing implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {}
    }
}
