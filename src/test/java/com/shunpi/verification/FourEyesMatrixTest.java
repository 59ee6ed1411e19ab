package com.shunpi.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.order.OrderDesk;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** V1, N4: every way to a verification's task × everybody who must not take it. Nothing may change by any of them. */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FourEyesMatrixTest {

    /** Who wants it, for whom, and on which document. */
    enum Identity {
        PREPARER("assistant1", "assistant1", false),
        REVIEWER("assistant1", "assistant1", true),
        COLLEAGUE_WHO_CHANGED_IT("assistant2", "assistant2", true),
        MANAGER_FOR_THE_PREPARER("manager", "assistant1", false),
        PROCESS_OWNER_FOR_A_COLLEAGUE("owner", "assistant2", true),
        ADMINISTRATOR_FOR_THE_PREPARER("admin", "assistant1", false),
        ADMINISTRATOR_FOR_HIMSELF("admin", "admin", false);

        private final String caller;
        private final String forWhom;
        private final boolean changed;

        Identity(String caller, String forWhom, boolean changed) {
            this.caller = caller;
            this.forWhom = forWhom;
            this.changed = changed;
        }

        boolean isParty() {
            return caller.startsWith("assistant");
        }
    }

    /** What the attempts need to know of the task. */
    record Target(String order, String task, String execution, String instance, String definition, String keyed) {}

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk orderDesk;

    @Autowired
    private VerificationDesk desk;

    @Autowired
    private TaskService taskService;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private DecisionLog decisions;

    @Autowired
    private Login login;

    @Autowired
    private JdbcClient jdbc;

    private final Map<Boolean, Target> targets = new HashMap<>();

    @BeforeAll
    void openOneOfEach() {
        targets.put(false, target(orderDesk.inVerification(3, "100.00")));
        targets.put(true, target(orderDesk.changedByAColleague()));
    }

    private Target target(String order) {
        Task task = orderDesk.task(order, "userTask_verifyDocument");
        return new Target(
                order,
                task.getId(),
                task.getExecutionId(),
                task.getProcessInstanceId(),
                task.getProcessDefinitionId(),
                orderDesk.keyed(order));
    }

    private static final Map<String, BiFunction<Target, String, String[]>> CALLS = new LinkedHashMap<>();

    static {
        String decide = "{\"variables\":{\"decision\":{\"value\":\"agree\"},\"keyed\":{\"value\":%s}}}";
        on("claim", (t, u) -> post("/task/" + t.task + "/claim", user(u)));
        on("assignee", (t, u) -> post("/task/" + t.task + "/assignee", user(u)));
        on("delegate", (t, u) -> post("/task/" + t.task + "/delegate", user(u)));
        on("resolve", (t, u) -> post("/task/" + t.task + "/resolve", "{}"));
        on("save", (t, u) -> new String[] {"PUT", "/task/" + t.task, "{\"assignee\":\"" + u + "\"}"});
        on("owner", (t, u) -> new String[] {"PUT", "/task/" + t.task, "{\"owner\":\"" + u + "\"}"});
        on(
                "identity link",
                (t, u) -> post(
                        "/task/" + t.task + "/identity-links", "{\"userId\":\"" + u + "\",\"type\":\"assignee\"}"));
        on("complete", (t, u) -> post("/task/" + t.task + "/complete", decide.formatted(quoted(t.keyed))));
        on("submit form", (t, u) -> post("/task/" + t.task + "/submit-form", decide.formatted(quoted(t.keyed))));
        on("BPMN error", (t, u) -> post("/task/" + t.task + "/bpmnError", "{\"errorCode\":\"any\"}"));
        on("escalation", (t, u) -> post("/task/" + t.task + "/bpmnEscalation", "{\"escalationCode\":\"any\"}"));
        on(
                "task variables",
                (t, u) -> post(
                        "/task/" + t.task + "/variables", "{\"modifications\":{\"outcome\":{\"value\":\"agree\"}}}"));
        on(
                "instance variables",
                (t, u) -> post(
                        "/process-instance/" + t.instance + "/variables",
                        "{\"modifications\":{\"outcome\":{\"value\":\"agree\"}}}"));
        on("signal", (t, u) -> post("/execution/" + t.execution + "/signal", "{}"));
        on(
                "modification",
                (t, u) -> post(
                        "/process-instance/" + t.instance + "/modification",
                        "{\"skipCustomListeners\":true,\"instructions\":[{\"type\":\"startBeforeActivity\","
                                + "\"activityId\":\"endEvent_agreed\"}]}"));
        for (String bulk : new String[] {"execute", "executeAsync"}) {
            on(
                    "bulk modification " + bulk,
                    (t, u) -> post(
                            "/modification/" + bulk,
                            "{\"processDefinitionId\":\"" + t.definition + "\",\"processInstanceIds\":[\"" + t.instance
                                    + "\"],\"instructions\":[{\"type\":\"startBeforeActivity\","
                                    + "\"activityId\":\"endEvent_agreed\"}]}"));
        }
        on(
                "bulk variables",
                (t, u) -> post(
                        "/process-instance/variables-async",
                        "{\"processInstanceIds\":[\"" + t.instance
                                + "\"],\"variables\":{\"outcome\":{\"value\":\"agree\"}}}"));
        on(
                "bulk deletion",
                (t, u) -> post("/process-instance/delete", "{\"processInstanceIds\":[\"" + t.instance + "\"]}"));
        on(
                "restart elsewhere",
                (t, u) -> post(
                        "/process-definition/" + t.definition + "/restart",
                        "{\"processInstanceIds\":[\"" + t.instance + "\"],\"instructions\":[{\"type\":"
                                + "\"startBeforeActivity\",\"activityId\":\"endEvent_agreed\"}]}"));
        on(
                "message",
                (t, u) -> post(
                        "/message",
                        "{\"messageName\":\"checkOrderAgain\",\"processInstanceId\":\"" + t.instance + "\"}"));
        on("deletion", (t, u) -> new String[] {"DELETE", "/process-instance/" + t.instance, null});
        on("task deletion", (t, u) -> new String[] {"DELETE", "/task/" + t.task, null});
    }

    private static void on(String name, BiFunction<Target, String, String[]> call) {
        CALLS.put(name, call);
    }

    private static String[] post(String path, String json) {
        return new String[] {"POST", path, json};
    }

    private static String user(String user) {
        return "{\"userId\":\"" + user + "\"}";
    }

    private static String quoted(String json) {
        try {
            return new ObjectMapper().writeValueAsString(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What somebody does in his own name; a manager or an overseer without a hand in the document has every right to. */
    private static final Set<String> IN_HIS_OWN_NAME = Set.of("complete", "submit form");

    /** What the web applications offer for a task: the same once more at their own address. */
    private static final Set<String> IN_TASKLIST = Set.of("claim", "assignee", "save", "complete", "submit form");

    static Stream<Arguments> overHttp() {
        return CALLS.keySet().stream()
                .flatMap(call -> Stream.of(Identity.values())
                        .filter(identity -> identity.isParty() || !IN_HIS_OWN_NAME.contains(call))
                        .flatMap(identity -> IN_TASKLIST.contains(call)
                                ? Stream.of(
                                        arguments(call, identity, "/engine-rest"),
                                        arguments(call, identity, "/camunda/api/engine/engine/default"))
                                : Stream.of(arguments(call, identity, "/engine-rest"))));
    }

    @ParameterizedTest(name = "{0} by {1} at {2}")
    @MethodSource
    void overHttp(String call, Identity identity, String base) {
        Target target = targets.get(identity.changed);
        String[] request = CALLS.get(call).apply(target, identity.forWhom);
        HttpUser user = HttpUser.basic(port, identity.caller);
        String path = base + request[1];
        HttpResponse<String> answer =
                switch (request[0]) {
                    case "POST" -> user.post(path, request[2]);
                    case "PUT" -> user.put(path, request[2]);
                    default -> user.delete(path);
                };
        assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
        nothingHappened(target);
    }

    private void nothingHappened(Target target) {
        Map<String, Object> row = jdbc.sql("select status, verified_by, mismatch_by from verification"
                        + " where document_number = ? and status = 'OPEN'")
                .param(target.order)
                .query()
                .singleRow();
        assertThat(row.get("verified_by")).isNull();
        assertThat(row.get("mismatch_by")).isNull();
        assertThat(jdbc.sql("select count(*) from verification_field f join verification v"
                                + " on v.verification_number = f.verification_number"
                                + " where v.document_number = ? and f.keyed_value is not null")
                        .param(target.order)
                        .query(Integer.class)
                        .single())
                .isZero();
        Task task = orderDesk.task(target.order, "userTask_verifyDocument");
        assertThat(task.getId()).isEqualTo(target.task);
        assertThat(task.getAssignee()).isNull();
        assertThat(task.getOwner()).isNull();
        assertThat(orderDesk.statusOf(target.order)).isEqualTo("IN_REVIEW");
        assertThat(decisions.of(target.order))
                .extracting(Decision::step)
                .doesNotContain("userTask_verifyDocument", "breakGlass");
    }

    /** One way through the Java API. */
    interface JavaCall {
        void run(FourEyesMatrixTest test, Target target, String user);
    }

    private static final Map<String, JavaCall> JAVA = new LinkedHashMap<>();

    static {
        JAVA.put("claim", (test, t, user) -> test.taskService.claim(t.task, user));
        JAVA.put("setAssignee", (test, t, user) -> test.taskService.setAssignee(t.task, user));
        JAVA.put("delegateTask", (test, t, user) -> test.taskService.delegateTask(t.task, user));
        JAVA.put("saveTask", (test, t, user) -> {
            Task task = test.taskService.createTaskQuery().taskId(t.task).singleResult();
            task.setAssignee(user);
            test.taskService.saveTask(task);
        });
        JAVA.put(
                "complete",
                (test, t, user) -> test.taskService.complete(t.task, Map.of("decision", "agree", "keyed", t.keyed)));
        JAVA.put(
                "signal",
                (test, t, user) ->
                        test.runtimeService.signal(t.execution, Map.of("decision", "agree", "keyed", t.keyed)));
        JAVA.put("error", (test, t, user) -> test.taskService.handleBpmnError(t.task, "any", "any", Map.of()));
    }

    static Stream<Arguments> overJava() {
        return JAVA.keySet().stream()
                .flatMap(call -> Stream.of(Identity.values())
                        .filter(identity -> identity.isParty() || !call.equals("complete"))
                        .map(identity -> arguments(call, identity)));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource
    void overJava(String call, Identity identity) {
        Target target = targets.get(identity.changed);
        assertThatThrownBy(() -> login.run(identity.caller, () -> JAVA.get(call).run(this, target, identity.forWhom)))
                .isInstanceOf(RuntimeException.class);
        nothingHappened(target);
    }

    /** Code of ours, or a script on the server, that has logged nobody in. */
    @Test
    void notEvenTheSystemGivesItToThePreparer() {
        Target target = targets.get(true);
        for (String party : new String[] {"assistant1", "assistant2"}) {
            assertThatThrownBy(() -> taskService.setAssignee(target.task, party))
                    .hasStackTraceContaining("双人复核");
            assertThatThrownBy(() -> taskService.delegateTask(target.task, party))
                    .hasStackTraceContaining("双人复核");
        }
        assertThatThrownBy(() -> taskService.complete(target.task, Map.of("decision", "agree", "keyed", target.keyed)))
                .hasStackTraceContaining("请先登录");
        nothingHappened(target);
    }

    /** The table refuses it, whatever the code above does; V1 as a constraint. */
    @Test
    void theTableRefusesThePreparerToo() {
        Target target = targets.get(false);
        assertThatThrownBy(() -> jdbc.sql("update verification set status = 'AGREED', open_key = null,"
                                + " verified_by = prepared_by where document_number = ? and status = 'OPEN'")
                        .param(target.order)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> jdbc.sql("update verification set status = 'AGREED', open_key = null,"
                                + " verified_by = prepared_by, override_for = prepared_by"
                                + " where document_number = ? and status = 'OPEN'")
                        .param(target.order)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        nothingHappened(target);
    }

    @Test
    void whoHadNoHandInItVerifies() {
        String order = orderDesk.changedByAColleague();
        orderDesk.verify("manager", order);
        assertThat(orderDesk.statusOf(order)).isEqualTo("RELEASED");
    }

    // ---- break glass

    @Test
    void theGlassIsBrokenByTheDirectorWithAReasonAndNotForHimself() {
        String order = orderDesk.changedByAColleague();
        String number = desk.numberOf(DocumentType.ORDER_RELEASE, order);
        String path = "/api/verifications/" + number + "/break-glass";
        String reason = "{\"userId\":\"assistant2\",\"reason\":\"同事均请假，客户急等\"}";
        for (String user : new String[] {"assistant1", "assistant2", "manager", "admin", "owner"}) {
            assertThat(HttpUser.basic(port, user).post(path, reason).statusCode())
                    .isEqualTo(403);
        }
        HttpUser director = HttpUser.basic(port, "director");
        assertThat(director.post(path, "{\"userId\":\"assistant2\",\"reason\":\"  \"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(director.post(path, "{\"userId\":\"director\",\"reason\":\"急\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(director.post(path, "{\"userId\":\"manager\",\"reason\":\"急\"}")
                        .body())
                .contains("不需要破例");
        assertThat(director.post(path, reason).body()).contains("同事均请假");
        assertThat(director.post(path, reason).statusCode()).isEqualTo(409);

        // its own entry, its own row, and the general manager knows at once
        Decision entry = decisions.of(order).get(decisions.of(order).size() - 1);
        assertThat(entry.step()).isEqualTo("breakGlass");
        assertThat(entry.actor()).isEqualTo("director");
        assertThat(entry.comment()).isEqualTo("同事均请假，客户急等");
        assertThat(entry.facts().get("verifier")).isEqualTo("assistant2");
        assertThat(jdbc.sql("select granted_by from verification_override where verification_number = ?")
                        .param(number)
                        .query(String.class)
                        .single())
                .isEqualTo("director");
        assertThat(jdbc.sql("select count(*) from mail_outbox where template = 'break-glass' and case_number = ?")
                        .param(number)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);

        // for him, and for nobody else
        assertThatThrownBy(() -> orderDesk.verify("assistant1", order)).hasStackTraceContaining("双人复核");
        orderDesk.verify("assistant2", order);
        assertThat(orderDesk.statusOf(order)).isEqualTo("RELEASED");
        assertThat(director.post(path, "{\"userId\":\"assistant1\",\"reason\":\"急\"}")
                        .statusCode())
                .isEqualTo(409);
    }
}
