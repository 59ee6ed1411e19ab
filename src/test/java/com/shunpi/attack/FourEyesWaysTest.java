package com.shunpi.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.order.OrderDesk;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.batch.Batch;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * V1: the known ways around a second person × web application, REST, Java, batch and delegation. None releases the order; the
 * report in {@code target/attacks} says which layer stopped each. {@code FourEyesMatrixTest} asks the same of every identity.
 *
 * <p>The last column is the hardest: code in the server that has logged nobody in, which neither the guard nor the engine's
 * rights stop. There it is the effect that asks for the row, in its own transaction.
 */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FourEyesWaysTest {

    private static final String TASK = "userTask_verifyDocument";

    /** An order entered and reviewed by assistant1 that waits for its verification. */
    record Target(
            String order,
            String keyed,
            String task,
            String execution,
            String instance,
            String definition,
            String orderInstance,
            String orderDefinition,
            String deployment,
            String job) {}

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Login login;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private ManagementService management;

    @Autowired
    private FormService forms;

    @Autowired
    private IdentityService identityService;

    @Autowired
    private DecisionLog decisions;

    @Autowired
    private JdbcClient jdbc;

    private Target shared;
    private final Map<String, Map<String, String>> layers = new LinkedHashMap<>();

    @BeforeAll
    void open() {
        shared = target();
    }

    private Target target() {
        String order = desk.inVerification(2, "100.00");
        Task task = desk.task(order, TASK);
        var parent = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(order, "order-review")
                .singleResult();
        return new Target(
                order,
                desk.keyed(order),
                task.getId(),
                task.getExecutionId(),
                task.getProcessInstanceId(),
                task.getProcessDefinitionId(),
                parent.getId(),
                parent.getProcessDefinitionId(),
                repository.getProcessDefinition(task.getProcessDefinitionId()).getDeploymentId(),
                timer());
    }

    /** A timer of another order, that waits for its review: this one has none. */
    private String timer() {
        String waiting = desk.received();
        String instance = desk.task(waiting, "userTask_reviewOrder").getProcessInstanceId();
        return management
                .createJobQuery()
                .processInstanceId(instance)
                .orderByJobDuedate()
                .asc()
                .listPage(0, 1)
                .get(0)
                .getId();
    }

    // ---- REST and the web applications

    private static final Map<String, BiFunction<Target, String, String[]>> REST = new LinkedHashMap<>();

    static {
        String agree = "\"decision\":{\"value\":\"agree\"},\"keyed\":{\"value\":%s}";
        rest(
                "complete it oneself",
                (t, u) -> post(
                        "/task/" + t.task + "/complete", "{\"variables\":{" + agree.formatted(quoted(t.keyed)) + "}}"));
        rest(
                "complete with the outcome as a variable",
                (t, u) -> post(
                        "/task/" + t.task + "/complete",
                        "{\"variables\":{\"outcome\":{\"value\":\"agree\"}," + agree.formatted(quoted(t.keyed))
                                + "}}"));
        rest("task-local variable", (t, u) ->
                new String[] {"PUT", "/task/" + t.task + "/localVariables/outcome", "{\"value\":\"agree\"}"});
        rest(
                "variable of the case", (t, u) -> new String[] {
                    "PUT", "/process-instance/" + t.instance + "/variables/outcome", "{\"value\":\"agree\"}"
                });
        rest(
                "signal the execution",
                (t, u) -> post(
                        "/execution/" + t.execution + "/signal",
                        "{\"variables\":{\"outcome\":{\"value\":\"agree\"}}}"));
        rest("BPMN error at the task", (t, u) -> post("/task/" + t.task + "/bpmnError", "{\"errorCode\":\"any\"}"));
        rest(
                "modification: start before the end",
                (t, u) -> post(
                        "/process-instance/" + t.instance + "/modification",
                        modification("startBeforeActivity", "endEvent_agreed", "")));
        rest(
                "modification: start after the task",
                (t, u) -> post(
                        "/process-instance/" + t.instance + "/modification",
                        modification("startAfterActivity", TASK, "")));
        rest(
                "modification without listeners",
                (t, u) -> post(
                        "/process-instance/" + t.orderInstance + "/modification",
                        modification(
                                "startBeforeActivity", "serviceTask_releaseOrder", "\"skipCustomListeners\":true,")));
        rest(
                "a new case started at the release",
                (t, u) -> post(
                        "/process-definition/" + t.orderDefinition + "/start",
                        "{\"variables\":{\"documentNumber\":{\"value\":\"" + t.order
                                + "\"}},\"startInstructions\":[{\"type\":"
                                + "\"startBeforeActivity\",\"activityId\":\"serviceTask_releaseOrder\"}]}"));
        rest(
                "a new case under the same number",
                (t, u) -> post(
                        "/process-definition/key/order-review/start",
                        "{\"businessKey\":\"" + t.order + "\",\"variables\":{}}"));
        rest(
                "restart elsewhere",
                (t, u) -> post(
                        "/process-definition/" + t.orderDefinition + "/restart",
                        "{\"processInstanceIds\":[\"" + t.orderInstance
                                + "\"],\"instructions\":[{\"type\":\"startBeforeActivity\","
                                + "\"activityId\":\"serviceTask_releaseOrder\"}]}"));
        rest("migrate the token to the end", (t, u) -> post("/migration/execute", migration(t)));
        rest("deploy a diagram without the task", (t, u) -> post("/deployment/create", "{}"));
        // batches
        rest(
                "batch: modification",
                (t, u) -> post(
                        "/modification/executeAsync",
                        "{\"processDefinitionId\":\"" + t.definition + "\",\"processInstanceIds\":[\"" + t.instance
                                + "\"],\"instructions\":[{\"type\":\"startAfterActivity\",\"activityId\":\"" + TASK
                                + "\"}]}"));
        rest(
                "batch: modification of one case",
                (t, u) -> post(
                        "/process-instance/" + t.instance + "/modification-async",
                        modification("startAfterActivity", TASK, "")));
        rest(
                "batch: restart",
                (t, u) -> post(
                        "/process-definition/" + t.orderDefinition + "/restart-async",
                        "{\"processInstanceIds\":[\"" + t.orderInstance
                                + "\"],\"instructions\":[{\"type\":\"startBeforeActivity\","
                                + "\"activityId\":\"serviceTask_releaseOrder\"}]}"));
        rest("batch: migration", (t, u) -> post("/migration/executeAsync", migration(t)));
        rest(
                "batch: variables",
                (t, u) -> post(
                        "/process-instance/variables-async",
                        "{\"processInstanceIds\":[\"" + t.instance
                                + "\"],\"variables\":{\"outcome\":{\"value\":\"agree\"}}}"));
        rest(
                "batch: message",
                (t, u) -> post(
                        "/process-instance/message-async",
                        "{\"messageName\":\"checkOrderAgain\",\"processInstanceIds\":[\"" + t.orderInstance + "\"]}"));
        rest(
                "batch: delete the case",
                (t, u) -> post(
                        "/process-instance/delete",
                        "{\"processInstanceIds\":[\"" + t.instance + "\"],\"skipCustomListeners\":true}"));
        // delegation
        rest(
                "delegation: delegate to the preparer",
                (t, u) -> post("/task/" + t.task + "/delegate", "{\"userId\":\"assistant1\"}"));
        rest(
                "delegation: resolve",
                (t, u) -> post("/task/" + t.task + "/resolve", "{\"variables\":{\"outcome\":{\"value\":\"agree\"}}}"));
        rest(
                "delegation: assign to the preparer",
                (t, u) -> post("/task/" + t.task + "/assignee", "{\"userId\":\"assistant1\"}"));
        rest(
                "delegation: claim for the preparer",
                (t, u) -> post("/task/" + t.task + "/claim", "{\"userId\":\"assistant1\"}"));
        rest("delegation: save with owner and state", (t, u) -> new String[] {
            "PUT",
            "/task/" + t.task,
            "{\"owner\":\"" + u + "\",\"assignee\":\"assistant1\",\"delegationState\":\"PENDING\"}"
        });
        rest(
                "delegation: a candidate of one's own",
                (t, u) -> post(
                        "/task/" + t.task + "/identity-links", "{\"userId\":\"assistant1\",\"type\":\"candidate\"}"));
        // events
        rest(
                "correlate a message",
                (t, u) -> post(
                        "/message",
                        "{\"messageName\":\"checkOrderAgain\",\"processInstanceId\":\"" + t.orderInstance
                                + "\",\"processVariables\":{\"outcome\":{\"value\":\"agree\"}}}"));
        rest(
                "trigger a message at its execution",
                (t, u) -> post(
                        "/execution/" + t.execution + "/messageSubscriptions/checkOrderAgain/trigger",
                        "{\"variables\":{\"outcome\":{\"value\":\"agree\"}}}"));
        rest("throw a signal", (t, u) -> post("/signal", "{\"name\":\"any\",\"executionId\":\"" + t.execution + "\"}"));
        rest(
                "evaluate conditional events",
                (t, u) -> post("/condition", "{\"variables\":{\"outcome\":{\"value\":\"agree\"}}}"));
        rest(
                "BPMN escalation at the task",
                (t, u) -> post(
                        "/task/" + t.task + "/bpmnEscalation",
                        "{\"escalationCode\":\"any\",\"variables\":{\"outcome\":{\"value\":\"agree\"}}}"));
        // forms
        rest(
                "submit the form with the outcome",
                (t, u) -> post(
                        "/task/" + t.task + "/submit-form",
                        "{\"variables\":{\"outcome\":{\"value\":\"agree\"}," + agree.formatted(quoted(t.keyed))
                                + "}}"));
        rest(
                "a verification of one's own by the start form",
                (t, u) -> post(
                        "/process-definition/" + t.definition + "/submit-form",
                        "{\"variables\":{\"documentNumber\":{\"value\":\"" + t.order + "\"}}}"));
        // variables
        rest(
                "variables of the case, several at once",
                (t, u) -> post(
                        "/process-instance/" + t.instance + "/variables",
                        "{\"modifications\":{\"outcome\":{\"value\":\"agree\"}},\"deletions\":[\"documentNumber\"]}"));
        rest("variable of the execution alone", (t, u) ->
                new String[] {"PUT", "/execution/" + t.execution + "/localVariables/outcome", "{\"value\":\"agree\"}"});
        rest("take a variable away", (t, u) ->
                new String[] {"DELETE", "/process-instance/" + t.instance + "/variables/documentNumber", ""});
        // the task itself
        rest(
                "a subtask of one's own",
                (t, u) -> post(
                        "/task/create",
                        "{\"id\":\"four-eyes-sub\",\"name\":\"x\",\"parentTaskId\":\"" + t.task + "\"}"));
        rest("a task without a case", (t, u) -> post("/task/create", "{\"id\":\"four-eyes-alone\",\"name\":\"x\"}"));
        rest("another name, priority and parent for the task", (t, u) ->
                new String[] {"PUT", "/task/" + t.task, "{\"name\":\"x\",\"priority\":1,\"parentTaskId\":null}"});
        rest("delete the task", (t, u) -> new String[] {"DELETE", "/task/" + t.task, ""});
        rest(
                "take the verifiers' group away",
                (t, u) -> post(
                        "/task/" + t.task + "/identity-links/delete",
                        "{\"groupId\":\"sales-manager\",\"type\":\"candidate\"}"));
        rest(
                "a filter that evaluates what it likes",
                (t, u) -> post(
                        "/filter/create",
                        "{\"resourceType\":\"Task\",\"name\":\"x\",\"query\":{\"assigneeExpression\":\"${a.b()}\"}}"));
        // jobs and external tasks
        rest("execute a job", (t, u) -> post("/job/" + t.job + "/execute", "{}"));
        rest("move a job's due date", (t, u) ->
                new String[] {"PUT", "/job/" + t.job + "/duedate", "{\"duedate\":\"2020-01-01T00:00:00.000+0000\"}"});
        rest("delete a job", (t, u) -> new String[] {"DELETE", "/job/" + t.job, ""});
        rest("retries of a job", (t, u) -> new String[] {"PUT", "/job/" + t.job + "/retries", "{\"retries\":3}"});
        rest(
                "batch: retries of jobs",
                (t, u) -> post("/job/retries", "{\"jobIds\":[\"" + t.job + "\"],\"retries\":3}"));
        rest(
                "fetch an external task",
                (t, u) -> post(
                        "/external-task/fetchAndLock",
                        "{\"workerId\":\"x\",\"maxTasks\":1,\"topics\":[{\"topicName\":\"any\",\"lockDuration\":1000}]}"));
        rest(
                "complete an external task",
                (t, u) -> post("/external-task/" + t.execution + "/complete", "{\"workerId\":\"x\"}"));
        // the case as a whole
        rest("delete the case", (t, u) -> new String[] {"DELETE", "/process-instance/" + t.instance, ""});
        rest("suspend the case", (t, u) ->
                new String[] {"PUT", "/process-instance/" + t.instance + "/suspended", "{\"suspended\":true}"});
        rest("wake the case up", (t, u) ->
                new String[] {"PUT", "/process-instance/" + t.instance + "/suspended", "{\"suspended\":false}"});
        rest(
                "batch: suspend cases",
                (t, u) -> post(
                        "/process-instance/suspended-async",
                        "{\"suspended\":true,\"processInstanceIds\":[\"" + t.instance + "\"]}"));
        rest(
                "an incident of one's own making",
                (t, u) -> post(
                        "/execution/" + t.execution + "/create-incident",
                        "{\"incidentType\":\"x\",\"configuration\":\"x\"}"));
        rest("resolve an incident", (t, u) -> new String[] {"DELETE", "/incident/" + t.execution, ""});
        // diagrams, tables, history
        rest("deploy it again", (t, u) -> post("/deployment/" + t.deployment + "/redeploy", "{}"));
        rest("delete the deployment with its cases", (t, u) ->
                new String[] {"DELETE", "/deployment/" + t.deployment + "?cascade=true", ""});
        rest("delete the diagram with its cases", (t, u) ->
                new String[] {"DELETE", "/process-definition/" + t.definition + "?cascade=true", ""});
        rest(
                "evaluate the table of fields",
                (t, u) -> post("/decision-definition/key/dual-verification-fields/evaluate", "{\"variables\":{}}"));
        rest("delete the history of the case", (t, u) ->
                new String[] {"DELETE", "/history/process-instance/" + t.orderInstance, ""});
        rest(
                "batch: delete histories",
                (t, u) -> post(
                        "/history/process-instance/delete",
                        "{\"historicProcessInstanceIds\":[\"" + t.orderInstance + "\"]}"));
        rest(
                "batch: let the history run out",
                (t, u) -> post(
                        "/history/process-instance/set-removal-time",
                        "{\"historicProcessInstanceIds\":[\"" + t.orderInstance
                                + "\"],\"absoluteRemovalTime\":\"2020-01-01T00:00:00.000+0000\"}"));
        rest("clean the history up now", (t, u) -> post("/history/cleanup?immediatelyDue=true", "{}"));
        // people
        rest("another one's password", (t, u) -> new String[] {
            "PUT",
            "/user/assistant2/credentials",
            "{\"password\":\"Quite-Long-Pass-1\",\"authenticatedUserPassword\":\"demo\"}"
        });
        rest(
                "a second account",
                (t, u) -> post(
                        "/user/create",
                        "{\"profile\":{\"id\":\"ghost\"},\"credentials\":{\"password\":\"Quite-Long-Pass-1\"}}"));
        rest("another department for oneself", (t, u) ->
                new String[] {"PUT", "/group/sales-manager/members/" + u, "{}"});
        rest(
                "a right for oneself",
                (t, u) -> post(
                        "/authorization/create",
                        "{\"type\":1,\"userId\":\"" + u
                                + "\",\"resourceType\":7,\"resourceId\":\"*\",\"permissions\":[\"ALL\"]}"));
        rest("a tenant of one's own", (t, u) -> post("/tenant/create", "{\"id\":\"x\",\"name\":\"x\"}"));
    }

    private static void rest(String way, BiFunction<Target, String, String[]> call) {
        REST.put(way, call);
    }

    private static String[] post(String path, String json) {
        return new String[] {"POST", path, json};
    }

    private static String modification(String type, String activity, String options) {
        return "{" + options + "\"instructions\":[{\"type\":\"" + type + "\",\"activityId\":\"" + activity + "\"}]}";
    }

    private static String migration(Target t) {
        return "{\"skipCustomListeners\":true,\"migrationPlan\":{\"sourceProcessDefinitionId\":\"" + t.definition
                + "\",\"targetProcessDefinitionId\":\"" + t.definition
                + "\",\"instructions\":[{\"sourceActivityIds\":[\"" + TASK
                + "\"],\"targetActivityIds\":[\"userTask_superviseVerification\"]}]},\"processInstanceIds\":[\""
                + t.instance + "\"]}";
    }

    private static String quoted(String json) {
        try {
            return new ObjectMapper().writeValueAsString(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What administrators are there for, and what that comes to: {@link #whatAnAdministratorMayDo()}. */
    private static final Set<String> RIGHT_OF_ADMINISTRATORS = Set.of(
            // he had no hand in it
            "complete it oneself",
            "retries of a job",
            "suspend the case",
            "wake the case up",
            "another one's password",
            "a second account",
            "another department for oneself",
            "a right for oneself");

    static Stream<Arguments> overHttp() {
        return REST.keySet().stream()
                .flatMap(way -> Stream.of("/engine-rest", "/camunda/api/engine/engine/default")
                        .flatMap(base -> Stream.of("assistant1", "admin")
                                .filter(user -> !user.equals("admin") || !RIGHT_OF_ADMINISTRATORS.contains(way))
                                .map(user -> arguments(way, base, user))));
    }

    @ParameterizedTest(name = "{0} at {1} by {2}")
    @MethodSource
    void overHttp(String way, String base, String user) {
        String[] call = REST.get(way).apply(shared, user);
        HttpResponse<String> answer = user(base, user).call(call[0], base + call[1], call[2]);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        record(way, (base.equals("/engine-rest") ? "REST" : "web application") + ", " + user, layer(answer.body()));
        nothingHappened(shared);
        assertThat(desk.task(shared.order, TASK).getId()).isEqualTo(shared.task);
    }

    /** The web applications answer a page that has their token alone; a password sent along would prove nothing there. */
    private HttpUser user(String base, String user) {
        if (base.equals("/engine-rest")) {
            return HttpUser.basic(port, user);
        }
        HttpUser browser = HttpUser.browser(port, user);
        browser.get("/camunda/app/tasklist/");
        return browser.with("X-XSRF-TOKEN", browser.cookie("XSRF-TOKEN"));
    }

    // ---- Java

    private interface Way {
        void go(FourEyesWaysTest test, Target target);
    }

    private static final Map<String, Way> JAVA = new LinkedHashMap<>();

    static {
        JAVA.put(
                "complete it oneself",
                (x, t) -> x.tasks.complete(t.task, Map.of("decision", "agree", "keyed", t.keyed)));
        JAVA.put(
                "complete with the outcome as a variable",
                (x, t) -> x.tasks.complete(t.task, Map.of("decision", "agree", "keyed", t.keyed, "outcome", "agree")));
        JAVA.put("task-local variable", (x, t) -> {
            x.tasks.setVariableLocal(t.task, "outcome", "agree");
            x.tasks.complete(t.task);
        });
        JAVA.put("variable of the case", (x, t) -> {
            x.runtime.setVariable(t.instance, "outcome", "agree");
            x.tasks.complete(t.task);
        });
        JAVA.put("signal the execution", (x, t) -> x.runtime.signal(t.execution, Map.of("outcome", "agree")));
        JAVA.put(
                "BPMN error at the task",
                (x, t) -> x.tasks.handleBpmnError(t.task, "any", "any", Map.of("outcome", "agree")));
        JAVA.put(
                "modification: start before the end",
                (x, t) -> x.runtime
                        .createProcessInstanceModification(t.instance)
                        .cancelAllForActivity(TASK)
                        .startBeforeActivity("endEvent_agreed")
                        .execute());
        JAVA.put(
                "modification: start after the task",
                (x, t) -> x.runtime
                        .createProcessInstanceModification(t.instance)
                        .cancelAllForActivity(TASK)
                        .startAfterActivity(TASK)
                        .setVariable("outcome", "agree")
                        .execute());
        JAVA.put(
                "modification without listeners",
                (x, t) -> x.runtime
                        .createProcessInstanceModification(t.orderInstance)
                        .startBeforeActivity("serviceTask_releaseOrder")
                        .execute(true, true));
        JAVA.put(
                "a new case started at the release",
                (x, t) -> x.runtime
                        .createProcessInstanceById(t.orderDefinition)
                        .setVariables(Map.of(
                                "documentNumber",
                                t.order,
                                "customerName",
                                "x",
                                "amount",
                                "1.00",
                                "urgent",
                                false,
                                "priority",
                                50))
                        .startBeforeActivity("serviceTask_releaseOrder")
                        .execute());
        JAVA.put("restart elsewhere", (x, t) -> {
            x.runtime.deleteProcessInstance(t.instance, "attack", true, true);
            x.runtime
                    .restartProcessInstances(t.definition)
                    .processInstanceIds(t.instance)
                    .startBeforeActivity("endEvent_agreed")
                    .skipCustomListeners()
                    .execute();
        });
        JAVA.put("migrate the token to the end", (x, t) -> {
            String doctored = x.doctored();
            x.runtime
                    .newMigration(x.runtime
                            .createMigrationPlan(t.definition, doctored)
                            .mapActivities(TASK, TASK)
                            .build())
                    .processInstanceIds(t.instance)
                    .skipCustomListeners()
                    .execute();
            x.tasks.complete(t.task, Map.of("outcome", "agree"));
        });
        JAVA.put("another user set in the engine", (x, t) -> {
            x.identityService.setAuthentication("manager", List.of("sales-manager"));
            x.tasks.complete(t.task, Map.of("decision", "agree", "keyed", t.keyed));
        });
        JAVA.put(
                "batch: modification",
                (x, t) -> x.run(x.runtime
                        .createModification(t.definition)
                        .cancelAllForActivity(TASK)
                        .startAfterActivity(TASK)
                        .processInstanceIds(t.instance)
                        .skipCustomListeners()
                        .executeAsync()));
        JAVA.put("batch: variables", (x, t) -> {
            x.run(x.runtime.setVariablesAsync(List.of(t.instance), Map.of("outcome", "agree")));
            x.tasks.complete(t.task);
        });
        JAVA.put(
                "batch: delete the case",
                (x, t) -> x.run(x.runtime.deleteProcessInstancesAsync(List.of(t.instance), "attack")));
        JAVA.put("delegation: delegate to the preparer", (x, t) -> {
            x.tasks.delegateTask(t.task, "assistant1");
            x.tasks.resolveTask(t.task, Map.of("outcome", "agree"));
            x.tasks.complete(t.task);
        });
        JAVA.put(
                "correlate a message",
                (x, t) -> x.runtime
                        .createMessageCorrelation("checkOrderAgain")
                        .processInstanceId(t.orderInstance)
                        .setVariable("outcome", "agree")
                        .correlate());
        JAVA.put(
                "throw a signal",
                (x, t) -> x.runtime
                        .createSignalEvent("any")
                        .executionId(t.execution)
                        .setVariables(Map.of("outcome", "agree"))
                        .send());
        JAVA.put("evaluate conditional events", (x, t) -> {
            x.runtime
                    .createConditionEvaluation()
                    .setVariable("outcome", "agree")
                    .evaluateStartConditions();
            x.tasks.complete(t.task);
        });
        JAVA.put(
                "BPMN escalation at the task",
                (x, t) -> x.tasks.handleEscalation(t.task, "any", Map.of("outcome", "agree")));
        JAVA.put(
                "submit the form with the outcome",
                (x, t) -> x.forms.submitTaskForm(t.task, Map.of("decision", "agree", "outcome", "agree")));
        JAVA.put("a subtask of one's own", (x, t) -> {
            Task sub = x.tasks.newTask();
            sub.setParentTaskId(t.task);
            x.tasks.saveTask(sub);
            x.tasks.complete(sub.getId(), Map.of("outcome", "agree"));
        });
        JAVA.put("delete the task", (x, t) -> x.tasks.deleteTask(t.task));
        JAVA.put("take the verifiers' group away", (x, t) -> {
            x.tasks.deleteCandidateGroup(t.task, "sales-assistant");
            x.tasks.addCandidateUser(t.task, "assistant1");
            x.tasks.claim(t.task, "assistant1");
        });
        JAVA.put("execute a job", (x, t) -> x.management.executeJob(t.job));
        JAVA.put(
                "move a job's due date",
                (x, t) -> x.management.setJobDuedate(t.job, java.util.Date.from(Instant.EPOCH)));
        JAVA.put(
                "complete an external task",
                (x, t) -> x.engine.getExternalTaskService().complete(t.execution, "x", Map.of("outcome", "agree")));
        JAVA.put(
                "evaluate the table of fields",
                (x, t) -> x.engine
                        .getDecisionService()
                        .evaluateDecisionByKey("dual-verification-fields")
                        .variables(Map.of("type", "none"))
                        .evaluate());
        JAVA.put(
                "delete the history of the case",
                (x, t) -> x.engine.getHistoryService().deleteHistoricProcessInstance(t.instance));
        JAVA.put("suspend and wake the case up", (x, t) -> {
            x.runtime.suspendProcessInstanceById(t.instance);
            x.runtime.activateProcessInstanceById(t.instance);
            x.tasks.complete(t.task, Map.of("outcome", "agree"));
        });
        JAVA.put("delegation: assign to the preparer", (x, t) -> x.tasks.setAssignee(t.task, "assistant1"));
        JAVA.put("delegation: save with owner and state", (x, t) -> {
            Task task = x.tasks.createTaskQuery().taskId(t.task).singleResult();
            task.setOwner("assistant1");
            task.setAssignee("assistant1");
            x.tasks.saveTask(task);
        });
    }

    static Stream<Arguments> overJava() {
        return JAVA.keySet().stream()
                .flatMap(way -> Stream.of("assistant1", "nobody").map(user -> arguments(way, user)));
    }

    /** As the preparer who has logged in, and as code that has logged nobody in. */
    @ParameterizedTest(name = "{0} in Java by {1}")
    @MethodSource
    void overJava(String way, String user) {
        boolean loggedIn = !user.equals("nobody");
        // what the server's own code does to the case is done; it needs one of its own
        Target target = loggedIn ? shared : target();
        String stopped;
        try {
            if (loggedIn) {
                login.run(user, () -> JAVA.get(way).go(this, target));
            } else {
                JAVA.get(way).go(this, target);
            }
            stopped = "the effect: without the row nothing is released";
        } catch (RuntimeException e) {
            stopped = layer(text(e));
        } finally {
            identityService.clearAuthentication();
        }
        record(way, loggedIn ? "Java, preparer" : "Java, nobody logged in", stopped);
        nothingHappened(target);
        if (loggedIn) {
            assertThat(stopped)
                    .as("the guard stops a person before the effect has to")
                    .doesNotStartWith("the effect");
            assertThat(desk.task(target.order, TASK).getId()).isEqualTo(target.task);
        }
    }

    /** An administrator makes accounts, puts people into departments and gives rights. None of it opens the task to a party. */
    @Test
    void whatAnAdministratorMayDo() {
        HttpUser admin = HttpUser.basic(port, "admin");
        HttpUser preparer = HttpUser.basic(port, "assistant1");
        String complete = "{\"variables\":{\"decision\":{\"value\":\"agree\"},\"keyed\":{\"value\":"
                + quoted(shared.keyed) + "}}}";

        // every right there is
        List<String> rights = new ArrayList<>();
        for (Resources resource : List.of(Resources.TASK, Resources.PROCESS_INSTANCE, Resources.PROCESS_DEFINITION)) {
            HttpResponse<String> right = admin.post(
                    "/engine-rest/authorization/create",
                    "{\"type\":1,\"userId\":\"assistant1\",\"resourceType\":" + resource.resourceType()
                            + ",\"resourceId\":\"*\",\"permissions\":[\"ALL\"]}");
            assertThat(right.statusCode()).as(right.body()).isEqualTo(200);
            rights.add(right.body().replaceAll("(?s).*\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
        }
        for (String way : List.of("complete it oneself", "variable of the case", "signal the execution")) {
            String[] call = REST.get(way).apply(shared, "assistant1");
            HttpResponse<String> answer = preparer.call(call[0], "/engine-rest" + call[1], call[2]);
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
            record("every right of the engine, then: " + way, "REST, preparer", layer(answer.body()));
        }
        rights.forEach(right -> admin.delete("/engine-rest/authorization/" + right));

        // the manager's department, which may verify
        assertThat(admin.put("/engine-rest/group/sales-manager/members/assistant1", "{}")
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<String> promoted = preparer.post("/engine-rest/task/" + shared.task + "/complete", complete);
        admin.delete("/engine-rest/group/sales-manager/members/assistant1");
        assertThat(promoted.statusCode()).isEqualTo(403);
        record("another department for the preparer", "REST, preparer", layer(promoted.body()));

        // suspended and woken up, its jobs tried again
        for (String way : List.of("suspend the case", "wake the case up", "retries of a job")) {
            String[] call = REST.get(way).apply(shared, "admin");
            assertThat(admin.call(call[0], "/engine-rest" + call[1], call[2]).statusCode())
                    .as(way)
                    .isEqualTo(204);
            record(way, "REST, admin", "allowed: it decides nothing");
        }
        nothingHappened(shared);
        assertThat(desk.task(shared.order, TASK).getId()).isEqualTo(shared.task);
    }

    /**
     * Two ways that no program can stop, since it knows accounts and no faces: an administrator who is a second person to
     * himself. They stay in the record for ever, and the owner of the account no longer gets in with his password.
     */
    @Test
    void whoLogsInAsSomebodyElseLeavesATrace() {
        HttpUser admin = HttpUser.basic(port, "admin");
        String credentials = "{\"password\":\"Quite-Long-Pass-1\",\"authenticatedUserPassword\":\"demo\"}";
        assertThat(admin.post(
                                "/engine-rest/user/create",
                                "{\"profile\":{\"id\":\"ghost\",\"firstName\":\"影子\"},\"credentials\":{\"password\":"
                                        + "\"Other-Long-Pass-1\"}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(admin.put("/engine-rest/group/sales-assistant/members/ghost", "{}")
                        .statusCode())
                .isEqualTo(204);
        HttpUser owner = HttpUser.basic(port, "ghost").as("ghost", "Other-Long-Pass-1");
        assertThat(owner.get("/api/worklist").statusCode()).isEqualTo(200);
        assertThat(admin.put("/engine-rest/user/ghost/credentials", credentials).statusCode())
                .isEqualTo(204);
        assertThat(owner.get("/api/worklist").statusCode()).isEqualTo(401);
        assertThat(admin.delete("/engine-rest/group/sales-assistant/members/ghost")
                        .statusCode())
                .isEqualTo(204);
        assertThat(admin.delete("/engine-rest/user/ghost").statusCode()).isEqualTo(204);

        List<Decision> book = decisions.of("account/ghost");
        assertThat(book)
                .extracting(Decision::step)
                .containsExactly("create-user", "join-group", "set-password", "leave-group", "delete-user");
        assertThat(book).extracting(Decision::actor).containsOnly("admin");
        assertThat(book.get(1).facts().get("group")).isEqualTo("sales-assistant");
        String read =
                HttpUser.basic(port, "gm").get("/api/accounts/ghost/record").body();
        assertThat(read)
                .contains("set-password", "admin")
                .contains("\"group\":\"销售助理\"")
                .doesNotContain("Quite-Long-Pass-1");
        for (String way : List.of("another one's password", "a second account")) {
            record(way, "REST, admin", "not stopped: it stands in the record for ever, and the owner is locked out");
        }
    }

    private void run(Batch batch) {
        // seed, then execution, as the job executor would
        for (int round = 0; round < 6; round++) {
            for (String definition : List.of(
                    batch.getSeedJobDefinitionId(),
                    batch.getBatchJobDefinitionId(),
                    batch.getMonitorJobDefinitionId())) {
                List<Job> jobs =
                        management.createJobQuery().jobDefinitionId(definition).list();
                jobs.forEach(job -> management.executeJob(job.getId()));
            }
        }
    }

    /** The verification's diagram under another key, its task without our listeners. */
    private String doctored() {
        var definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("dual-verification")
                .latestVersion()
                .singleResult();
        BpmnModelInstance model = repository.getBpmnModelInstance(definition.getId());
        var copy = Bpmn.readModelFromStream(new java.io.ByteArrayInputStream(Bpmn.convertToString(model)
                .replace("id=\"dual-verification\"", "id=\"doctored-verification\"")
                .replaceAll("(?s)<camunda:taskListener[^>]*/>", "")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return repository
                .createDeployment()
                .name("doctored")
                .addModelInstance("doctored.bpmn", copy)
                .deployWithResult()
                .getDeployedProcessDefinitions()
                .get(0)
                .getId();
    }

    // ---- what stopped it

    private void nothingHappened(Target target) {
        // whoever has the server can send it back; he cannot let it go
        assertThat(desk.statusOf(target.order)).as("the order is not released").isIn("IN_REVIEW", "RETURNED");
        List<Map<String, Object>> agreed = jdbc.sql("select verified_by from verification where document_number = ?"
                        + " and (status = 'AGREED' or verified_by is not null)")
                .param(target.order)
                .query()
                .listOfRows();
        assertThat(agreed).as("nobody has verified it").isEmpty();
    }

    private static String layer(String said) {
        Map<String, String> layers = new LinkedHashMap<>();
        layers.put("不允许直接在流程引擎中执行此操作", "the guard of commands");
        layers.put("不允许提交变量", "the guard of commands: variable nobody asks for");
        layers.put("单号由系统分配", "the guard of commands: number of a case");
        layers.put("双人复核", "the task: no party to the document");
        layers.put("请选择处理结果", "the task: its decision is missing");
        layers.put("\"error\":\"Forbidden\"", "the web application's token");
        layers.put("请先登录", "identity: nobody has logged in");
        layers.put("登录", "identity: login and engine disagree");
        layers.put("您没有执行此操作的权限", "the engine's rights");
        layers.put("AuthorizationException", "the engine's rights");
        layers.put("Unsupported Media Type", "the address takes no such call");
        layers.put("已在复核中", "the document: it is being verified already");
        layers.put("请选择单据种类", "the form: no document of this system");
        layers.put("姓名和邮箱由管理员维护", "the guard of commands: accounts are the administrator's");
        layers.put("does not exist", "the engine's rights: for him it is not there");
        layers.put("do not exist", "the engine's rights: for him it is not there");
        layers.put("No matching decision definition", "the engine's rights: for him it is not there");
        for (String words : List.of(
                "Propagation of bpmn error",
                "no escalation handler",
                "Cannot correlate",
                "has not subscribed",
                "No subscriptions",
                "Cannot find external task",
                "cannot be deleted",
                "still running",
                "Cannot resolve identifier")) {
            layers.put(words, "the engine: nothing there takes it");
        }
        return layers.entrySet().stream()
                .filter(layer -> said.contains(layer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("other: "
                        + said.substring(0, Math.min(160, said.length())).replace('\n', ' '));
    }

    private static String text(Throwable e) {
        List<String> words = new ArrayList<>();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            words.add(cause.getClass().getSimpleName() + " " + cause.getMessage());
        }
        return String.join(" / ", words);
    }

    private void record(String way, String how, String layer) {
        layers.computeIfAbsent(way, key -> new TreeMap<>()).put(how, layer);
    }

    @AfterAll
    void report() throws IOException {
        repository
                .createDeploymentQuery()
                .deploymentName("doctored")
                .list()
                .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
        Path report = Path.of("target", "attacks", "four-eyes.md");
        Files.createDirectories(report.getParent());
        long cases = layers.values().stream().mapToLong(Map::size).sum();
        long unstoppable = layers.values().stream()
                .flatMap(where -> where.values().stream())
                .filter(layer -> layer.startsWith("not stopped"))
                .count();
        Files.writeString(
                report,
                "| Way | Where | Stopped by |\n|---|---|---|\n"
                        + layers.entrySet().stream()
                                .flatMap(way -> way.getValue().entrySet().stream()
                                        .map(how -> "| " + way.getKey() + " | " + how.getKey() + " | " + how.getValue()
                                                + " |"))
                                .collect(Collectors.joining("\n"))
                        + "\n\n" + layers.size() + " ways, " + cases
                        + " cases, 0 released by a person on his own account, "
                        + unstoppable + " by a second account of his\n");
    }
}
