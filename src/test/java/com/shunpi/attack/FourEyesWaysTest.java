package com.shunpi.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.order.OrderDesk;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.batch.Batch;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
            String orderDefinition) {}

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
    private IdentityService identityService;

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
                parent.getProcessDefinitionId());
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

    static Stream<Arguments> overHttp() {
        return REST.keySet().stream()
                .flatMap(way -> Stream.of("/engine-rest", "/camunda/api/engine/engine/default")
                        .flatMap(base -> Stream.of("assistant1", "admin")
                                // whoever had no hand in it may verify it
                                .filter(user -> !user.equals("admin") || !way.startsWith("complete it"))
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

    private static String layer(String words) {
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
        return layers.entrySet().stream()
                .filter(layer -> words.contains(layer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("other: "
                        + words.substring(0, Math.min(160, words.length())).replace('\n', ' '));
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
        Files.writeString(
                report,
                "| Way | Where | Stopped by |\n|---|---|---|\n"
                        + layers.entrySet().stream()
                                .flatMap(way -> way.getValue().entrySet().stream()
                                        .map(how -> "| " + way.getKey() + " | " + how.getKey() + " | " + how.getValue()
                                                + " |"))
                                .collect(Collectors.joining("\n"))
                        + "\n\n" + layers.size() + " ways, " + cases + " cases, 0 released\n");
    }
}
