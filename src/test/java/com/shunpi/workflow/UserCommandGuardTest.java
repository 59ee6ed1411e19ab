package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What nobody may ask of the engine, the administrator included (V1, A2). */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserCommandGuardTest {

    @LocalServerPort
    int port;

    @Autowired
    GuardedProcess guarded;

    @Autowired
    TaskService taskService;

    @Autowired
    RuntimeService runtimeService;

    @Autowired
    HistoryService historyService;

    @Autowired
    IdentityService identityService;

    private HttpUser assistant;
    private HttpUser rep;
    private HttpUser manager;
    private HttpUser admin;

    @BeforeAll
    void process() {
        guarded.deploy();
        assistant = HttpUser.basic(port, "assistant1");
        rep = HttpUser.basic(port, "rep1");
        manager = HttpUser.basic(port, "manager");
        admin = HttpUser.basic(port, "admin");
    }

    @AfterAll
    void remove() {
        guarded.remove();
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(
                arguments(
                        "POST",
                        "/engine-rest/process-instance/{instance}/modification",
                        "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"userTask_ship\"}]}"),
                arguments(
                        "POST",
                        "/engine-rest/process-instance/{instance}/modification",
                        "{\"skipCustomListeners\":true,\"instructions\":[{\"type\":\"startAfterActivity\",\"activityId\":\"userTask_review\"}]}"),
                arguments(
                        "POST",
                        "/engine-rest/process-instance/{instance}/modification-async",
                        "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"userTask_ship\"}]}"),
                arguments(
                        "POST",
                        "/engine-rest/modification/execute",
                        "{\"processDefinitionId\":\"{definition}\",\"processInstanceIds\":[\"{instance}\"],\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"userTask_ship\"}]}"),
                arguments("POST", "/engine-rest/execution/{instance}/signal", "{}"),
                arguments("POST", "/engine-rest/signal", "{\"name\":\"any\"}"),
                arguments(
                        "POST",
                        "/engine-rest/message",
                        "{\"messageName\":\"guarded-paid\",\"processInstanceId\":\"{instance}\"}"),
                arguments(
                        "PUT",
                        "/engine-rest/process-instance/{instance}/variables/outcome",
                        "{\"value\":\"approved\",\"type\":\"String\"}"),
                arguments(
                        "POST",
                        "/engine-rest/process-instance/{instance}/variables",
                        "{\"modifications\":{\"outcome\":{\"value\":\"approved\"}}}"),
                arguments(
                        "PUT", "/engine-rest/execution/{instance}/localVariables/outcome", "{\"value\":\"approved\"}"),
                arguments("PUT", "/engine-rest/task/{task}/variables/outcome", "{\"value\":\"approved\"}"),
                arguments("PUT", "/engine-rest/task/{task}/localVariables/outcome", "{\"value\":\"approved\"}"),
                arguments("DELETE", "/engine-rest/task/{task}/variables/amount", ""),
                arguments("POST", "/engine-rest/task/{task}/bpmnError", "{\"errorCode\":\"x\"}"),
                arguments("POST", "/engine-rest/task/{task}/bpmnEscalation", "{\"escalationCode\":\"x\"}"),
                arguments("POST", "/engine-rest/task/{task}/resolve", "{}"),
                arguments("POST", "/engine-rest/task/{task}/delegate", "{\"userId\":\"rep1\"}"),
                arguments(
                        "POST",
                        "/engine-rest/task/{task}/identity-links",
                        "{\"groupId\":\"finance\",\"type\":\"candidate\"}"),
                arguments(
                        "POST",
                        "/engine-rest/task/{task}/identity-links/delete",
                        "{\"groupId\":\"sales-rep\",\"type\":\"candidate\"}"),
                arguments("DELETE", "/engine-rest/task/{task}", ""),
                arguments("POST", "/engine-rest/task/create", "{\"name\":\"own\"}"),
                arguments("DELETE", "/engine-rest/process-instance/{instance}", ""),
                arguments(
                        "POST",
                        "/engine-rest/process-definition/{definition}/restart",
                        "{\"processInstanceIds\":[\"{instance}\"],\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"userTask_ship\"}]}"),
                arguments(
                        "POST",
                        "/engine-rest/process-definition/{definition}/start",
                        "{\"startInstructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"userTask_ship\"}]}"),
                arguments(
                        "POST",
                        "/engine-rest/migration/execute",
                        "{\"migrationPlan\":{\"sourceProcessDefinitionId\":\"{definition}\",\"targetProcessDefinitionId\":\"{definition}\",\"instructions\":[{\"sourceActivityIds\":[\"userTask_review\"],\"targetActivityIds\":[\"userTask_ship\"]}]},\"processInstanceIds\":[\"{instance}\"]}"),
                arguments("DELETE", "/engine-rest/process-definition/{definition}?cascade=true", ""),
                arguments(
                        "POST",
                        "/engine-rest/external-task/fetchAndLock",
                        "{\"workerId\":\"w\",\"maxTasks\":1,\"topics\":[{\"topicName\":\"t\",\"lockDuration\":1000}]}"),
                arguments("POST", "/engine-rest/condition", "{\"variables\":{\"x\":{\"value\":1}}}"),
                arguments(
                        "POST",
                        "/engine-rest/filter/create",
                        "{\"resourceType\":\"Task\",\"name\":\"f\",\"owner\":\"admin\",\"query\":{},\"properties\":{}}"),
                arguments("POST", "/engine-rest/history/cleanup", ""),
                arguments("DELETE", "/engine-rest/history/process-instance/{instance}", ""));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("forbidden")
    void evenTheAdministratorIsRefused(String method, String path, String body) {
        String task = guarded.start();
        String instance = guarded.instanceOf(task);
        long variables = runtimeService.createVariableInstanceQuery().count();
        // every right that the engine knows: the guard must not lean on a missing grant
        for (String user : new String[] {"admin", "assistant1"}) {
            HttpResponse<String> answer =
                    send(HttpUser.basic(port, user), method, fill(path, task, instance), fill(body, task, instance));
            assertThat(answer.statusCode()).as(user + ": " + answer.body()).isEqualTo(403);
        }
        assertThat(send(admin, method, fill(path, task, instance), fill(body, task, instance))
                        .body())
                .contains("不允许直接在流程引擎中执行此操作");
        assertThat(guarded.taskOf(instance)).isEqualTo(task);
        assertThat(runtimeService.createVariableInstanceQuery().count()).isEqualTo(variables);
        assertThat(taskService.getIdentityLinksForTask(task)).hasSize(2);
    }

    @Test
    void nobodyDeploys() throws Exception {
        String boundary = "shunpi";
        String part = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nx\r\n--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.bpmn\"\r\n\r\n<definitions/>\r\n--"
                + boundary + "--\r\n";
        var request = java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create("http://localhost:" + port + "/engine-rest/deployment/create"))
                .header("Authorization", "Basic YWRtaW46ZGVtbw==")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(part))
                .build();
        HttpResponse<String> answer =
                java.net.http.HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    }

    @Test
    void aTaskIsClaimedForOneselfAndOutOfOnesOwnQueue() {
        String task = guarded.start();
        assertThat(claim(assistant, task, "rep1").statusCode()).isEqualTo(403);
        assertThat(claim(HttpUser.basic(port, "warehouse1"), task, "warehouse1").statusCode())
                .isEqualTo(403);
        assertThat(assign(assistant, task, "assistant1").statusCode()).isEqualTo(403);
        assertThat(claim(manager, task, "manager").statusCode()).isEqualTo(403);

        assertThat(claim(assistant, task, "assistant1").statusCode()).isEqualTo(204);
        assertThat(claim(rep, task, "rep1").statusCode()).isBetween(400, 499);
        assertThat(rep.post("/engine-rest/task/" + task + "/unclaim", "").statusCode())
                .isEqualTo(403);
        assertThat(assistant.post("/engine-rest/task/" + task + "/unclaim", "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void theManagerHandsATaskToSomebodyWhoMayDoIt() {
        String task = guarded.start();
        assertThat(assign(manager, task, "warehouse1").statusCode()).isEqualTo(403);
        assertThat(assign(manager, task, "manager").statusCode()).isEqualTo(403);
        assertThat(assign(manager, task, "nobody").statusCode()).isEqualTo(403);
        assertThat(assign(manager, task, "rep1").statusCode()).isEqualTo(204);
        assertThat(taskService.createTaskQuery().taskId(task).singleResult().getAssignee())
                .isEqualTo("rep1");
        assertThat(assign(manager, task, "assistant2").statusCode()).isEqualTo(204);
    }

    @Test
    void theManagerChangesADateAndNothingElse() {
        String task = guarded.start();
        String before = manager.get("/engine-rest/task/" + task).body();
        String dated = "{\"name\":\"审核\",\"priority\":50,\"due\":\"2026-11-30T10:00:00.000+0000\"}";
        assertThat(assistant.put("/engine-rest/task/" + task, dated).statusCode())
                .isEqualTo(403);
        assertThat(manager.put("/engine-rest/task/" + task, dated.replace("审核", "别的"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(manager.put("/engine-rest/task/" + task, dated.replace("}", ",\"owner\":\"rep1\"}"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(manager.put("/engine-rest/task/" + task, dated).statusCode())
                .as(before)
                .isEqualTo(204);
    }

    @Test
    void aTaskIsCompletedByWhoHoldsItOrByItsQueue() {
        String task = guarded.start();
        claim(assistant, task, "assistant1");
        assertThat(complete(rep, task, "approve").statusCode()).isEqualTo(403);
        assertThat(complete(HttpUser.basic(port, "warehouse1"), task, "approve").statusCode())
                .isEqualTo(403);
        assertThat(complete(manager, task, "approve").statusCode()).isEqualTo(403);
        assertThat(complete(admin, task, "approve").statusCode()).isEqualTo(403);
        assertThat(complete(assistant, task, "approve").statusCode()).isEqualTo(204);
    }

    @Test
    void theHistoryKnowsWhoCompletedWhatNobodyHadClaimed() {
        String task = guarded.start();

        assertThat(complete(rep, task, "approve").statusCode()).isEqualTo(204);

        assertThat(historyService
                        .createHistoricTaskInstanceQuery()
                        .taskId(task)
                        .singleResult()
                        .getAssignee())
                .isEqualTo("rep1");
    }

    @ParameterizedTest
    @CsvSource({
        "outcome,   String,  '\"approved\"'",
        "amount,    String,  '\"0.01\"'",
        "documentNumber, String, '\"SO-1\"'",
        "businessKey, String, '\"SO-1\"'",
        "execution, String,  '\"x\"'",
        "comment,   Object,  '\"rO0ABQ==\"'",
        "comment,   Bytes,   '\"AAAA\"'",
        "comment,   Xml,     '\"<a/>\"'",
    })
    void aForgedVariableIsRefusedOnEveryDoor(String name, String type, String value) {
        String task = guarded.start();
        String variables = "{\"variables\":{\"decision\":{\"value\":\"approve\"},\"" + name + "\":{\"type\":\"" + type
                + "\",\"value\":" + value + "}}}";

        for (String door : new String[] {"complete", "submit-form"}) {
            assertThat(assistant
                            .post("/engine-rest/task/" + task + "/" + door, variables)
                            .statusCode())
                    .as(door)
                    .isEqualTo(400);
        }
        for (String door : new String[] {"start", "submit-form"}) {
            assertThat(assistant
                            .post("/engine-rest/process-definition/key/guarded/" + door, variables)
                            .statusCode())
                    .as(door)
                    .isEqualTo(400);
        }
        assertThat(taskService.createTaskQuery().taskId(task).count()).isOne();
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        String task = guarded.start();
        HttpResponse<String> answer = assistant.post(
                "/engine-rest/task/" + task + "/complete",
                "{\"variables\":{\"decision\":{\"value\":\"" + "长".repeat(4001) + "\"}}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("内容太长");
    }

    @Test
    void aProcessIsStartedByItsStartersWithoutANumberOfTheirOwn() {
        String start = "/engine-rest/process-definition/key/guarded/start";
        String order = "\"variables\":{\"order\":{\"type\":\"Json\",\"value\":\"{\\\"lines\\\":[]}\"}}";
        assertThat(rep.post(start, "{" + order + "}"))
                .satisfies(a -> assertThat(a.statusCode()).as(a.body()).isEqualTo(403));
        assertThat(admin.post(start, "{" + order + "}").statusCode()).isEqualTo(403);
        assertThat(assistant
                        .post(start, "{\"businessKey\":\"SO-1\"," + order + "}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(assistant.post(start, "{" + order + "}").statusCode()).isEqualTo(200);
        assertThat(assistant
                        .post("/engine-rest/process-definition/key/guarded/submit-form", "{" + order + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anOldVersionIsStartedByNobody() {
        String old = definition();
        guarded.deploy();
        assertThat(assistant
                        .post("/engine-rest/process-definition/" + old + "/start", "{}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void ourRefusalReachesTheCallerInOurWordsAndNothingHasChanged() {
        String task = guarded.start();
        HttpResponse<String> answer = complete(assistant, task, "refuse-me");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(GuardedProcess.json(answer.body()).get("message").asText()).isEqualTo("他人刚刚修改了同一单据。");
        assertThat(taskService.createTaskQuery().taskId(task).count()).isOne();

        HttpUser browser = HttpUser.browser(port, "assistant1");
        browser.get("/camunda/app/tasklist/");
        browser.with("X-XSRF-TOKEN", browser.cookie("XSRF-TOKEN"));
        HttpResponse<String> tasklist = browser.post(
                "/camunda/api/engine/engine/default/task/" + task + "/submit-form",
                "{\"variables\":{\"decision\":{\"value\":\"refuse-me\"}}}");
        assertThat(tasklist.statusCode()).isEqualTo(409);
        assertThat(GuardedProcess.json(tasklist.body()).get("message").asText()).isEqualTo("他人刚刚修改了同一单据。");
    }

    @Test
    void yesterdaysAnswerIsNotTodays() {
        String task = guarded.start();
        String instance = guarded.instanceOf(task);
        assistant.post(
                "/engine-rest/task/" + task + "/complete",
                "{\"variables\":{\"decision\":{\"value\":\"reject\"},\"comment\":{\"value\":\"太贵\"}}}");

        assertThat(runtimeService.getVariables(instance)).doesNotContainKeys("decision", "comment");
    }

    @Test
    void peopleChangeTheirPasswordAndNothingElse() {
        String self = "/engine-rest/user/technical1";
        HttpUser technician = HttpUser.basic(port, "technical1");
        assertThat(technician
                        .put(
                                self + "/profile",
                                "{\"id\":\"technical1\",\"firstName\":\"赵建国\",\"email\":\"x@y.example\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(technician
                        .put("/engine-rest/user/rep1/credentials", credentials("Other-Long-Pass-1"))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> weak = technician.put(self + "/credentials", credentials("short"));
        assertThat(weak.statusCode()).isEqualTo(400);
        assertThat(weak.body()).contains("密码太弱");
        assertThat(technician.delete(self).statusCode()).isEqualTo(403);
        try {
            assertThat(technician
                            .put(self + "/credentials", credentials("Quite-Long-Pass-1"))
                            .statusCode())
                    .isEqualTo(204);
        } finally {
            var user = identityService.createUserQuery().userId("technical1").singleResult();
            user.setPassword("demo");
            ((org.camunda.bpm.engine.impl.IdentityServiceImpl) identityService).saveUser(user, true);
        }
    }

    /** A5: a name for an assignee is for everybody, an address is not; nor can it be guessed by searching. */
    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest", "/camunda/api/engine/engine/default"})
    void addressesOfColleaguesAreTheAdministratorsBusiness(String base) {
        HttpUser technician = HttpUser.browser(port, "technical1");
        String mail =
                identityService.createUserQuery().userId("rep1").singleResult().getEmail();
        for (String path : List.of("/user", "/user?id=rep1", "/user?memberOfGroup=sales-rep", "/user/rep1/profile")) {
            String answer = technician.get(base + path).body();
            assertThat(answer).as(path).contains("rep1", "firstName").doesNotContain(mail);
        }
        for (String path : List.of(
                "/user?email=" + mail,
                "/user?emailLike=r%25",
                "/user/count?emailLike=r%25",
                "/user?sortBy=email&sortOrder=asc")) {
            assertThat(technician.get(base + path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(technician.get(base + "/user/technical1/profile").body()).contains("@");
        assertThat(HttpUser.browser(port, "admin")
                        .get(base + "/user/rep1/profile")
                        .body())
                .contains(mail);
        assertThat(identityService
                        .createUserQuery()
                        .userId("rep1")
                        .singleResult()
                        .getEmail())
                .as("nothing was taken out of the database")
                .isEqualTo(mail);
    }

    @Test
    void nobodyExecutesAJobByHand() {
        for (HttpUser user : List.of(assistant, admin)) {
            HttpResponse<String> answer = user.post("/engine-rest/job/any/execute", "{}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        }
    }

    @Test
    void theLastAdministratorStays() {
        assertThat(admin.delete("/engine-rest/user/admin").statusCode()).isEqualTo(409);
        assertThat(admin.delete("/engine-rest/group/camunda-admin/members/admin")
                        .statusCode())
                .isEqualTo(409);
        assertThat(admin.delete("/engine-rest/group/camunda-admin").statusCode())
                .isEqualTo(409);
    }

    private String credentials(String password) {
        return "{\"password\":\"" + password + "\",\"authenticatedUserPassword\":\"demo\"}";
    }

    private String definition() {
        return GuardedProcess.json(assistant
                        .get("/engine-rest/process-definition/key/guarded")
                        .body())
                .get("id")
                .asText();
    }

    private String fill(String text, String task, String instance) {
        return text.replace("{task}", task).replace("{instance}", instance).replace("{definition}", definition());
    }

    private static HttpResponse<String> send(HttpUser user, String method, String path, String body) {
        return switch (method) {
            case "PUT" -> user.put(path, body);
            case "DELETE" -> user.delete(path);
            default -> user.post(path, body);
        };
    }

    private static HttpResponse<String> claim(HttpUser user, String task, String forWhom) {
        return user.post("/engine-rest/task/" + task + "/claim", "{\"userId\":\"" + forWhom + "\"}");
    }

    private static HttpResponse<String> assign(HttpUser user, String task, String toWhom) {
        return user.post("/engine-rest/task/" + task + "/assignee", "{\"userId\":\"" + toWhom + "\"}");
    }

    private static HttpResponse<String> complete(HttpUser user, String task, String decision) {
        return user.post(
                "/engine-rest/task/" + task + "/complete",
                "{\"variables\":{\"decision\":{\"value\":\"" + decision + "\"}}}");
    }
}
