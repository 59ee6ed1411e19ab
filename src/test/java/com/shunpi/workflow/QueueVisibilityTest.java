package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Resources;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A role sees its queue and nothing of what it has no business with (A3, A5). */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueVisibilityTest {

    @LocalServerPort
    int port;

    @Autowired
    GuardedProcess guarded;

    @Autowired
    TaskService taskService;

    @Autowired
    AuthorizationService authorizationService;

    private HttpUser assistant;
    private HttpUser rep;
    private HttpUser warehouse;
    private HttpUser technician;
    private HttpUser manager;

    @BeforeAll
    void process() {
        guarded.deploy();
        assistant = HttpUser.basic(port, "assistant1");
        rep = HttpUser.basic(port, "rep1");
        warehouse = HttpUser.basic(port, "warehouse1");
        technician = HttpUser.basic(port, "technical1");
        manager = HttpUser.basic(port, "manager");
    }

    @AfterAll
    void remove() {
        guarded.remove();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/variables",
                "/variables/amount",
                "/localVariables",
                "/form",
                "/form-variables",
                "/comment",
                "/attachment",
                "/identity-links"
            })
    void anotherQueuesTaskIsNotThere(String part) {
        String task = guarded.start();

        assertThat(warehouse.get("/engine-rest/task/" + task + part).statusCode())
                .isIn(403, 404);
        assertThat(technician.get("/engine-rest/task/" + task + part).statusCode())
                .isIn(403, 404);
        assertThat(assistant.get("/engine-rest/task/" + task + part).statusCode())
                .isIn(200, part.equals("/form") || part.isEmpty() ? 200 : 404);
        assertThat(manager.get("/engine-rest/task/" + task + part).statusCode()).isEqualTo(200);
    }

    @Test
    void aListShowsOnesOwnTasksHoweverItIsAsked() {
        String task = guarded.start();
        String instance = "processInstanceId=" + guarded.instanceOf(task);

        assertThat(count(warehouse, instance)).isZero();
        assertThat(count(warehouse, instance + "&candidateGroup=sales-assistant"))
                .isZero();
        assertThat(count(warehouse, instance + "&candidateGroup=sales-assistant&includeAssignedTasks=true"))
                .isZero();
        assertThat(count(technician, instance)).isZero();
        assertThat(warehouse
                        .post(
                                "/engine-rest/task/count",
                                "{\"orQueries\":[{\"taskDefinitionKey\":\"userTask_review\",\"assignee\":\"warehouse1\","
                                        + "\"candidateGroup\":\"warehouse\",\"includeAssignedTasks\":true}]}")
                        .body())
                .contains("\"count\":" + open("warehouse"));

        assertThat(count(assistant, instance)).isOne();
        assertThat(count(assistant, instance + "&candidateGroup=sales-assistant"))
                .isOne();
        assertThat(count(rep, instance)).isOne();
        assertThat(count(manager, instance)).isOne();
    }

    @Test
    void whatAColleagueHasTakenStaysInSight() {
        String task = guarded.start();
        String instance = "processInstanceId=" + guarded.instanceOf(task);
        taskService.setAssignee(task, "assistant2");

        assertThat(count(assistant, instance)).isOne();
        assertThat(count(HttpUser.basic(port, "assistant2"), instance + "&assignee=assistant2"))
                .isOne();
        assertThat(count(warehouse, instance + "&assignee=assistant2")).isZero();
    }

    @Test
    void nobodyCommentsOnWhatHeDoesNotSee() {
        String task = guarded.start();
        String other = guarded.start();
        String comment = "{\"message\":\"我看看\"}";
        assertThat(warehouse
                        .post("/engine-rest/task/" + task + "/comment/create", comment)
                        .statusCode())
                .isBetween(400, 404);
        assertThat(assistant
                        .post(
                                "/engine-rest/task/" + task + "/comment/create",
                                "{\"message\":\"串门\",\"processInstanceId\":\"" + guarded.instanceOf(other) + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(assistant
                        .post("/engine-rest/task/" + task + "/comment/create", comment)
                        .statusCode())
                .isEqualTo(200);
        assertThat(rep.get("/engine-rest/task/" + task + "/comment").body()).contains("我看看");
    }

    @Test
    void whoHasNoPartInAProcessSeesNothingOfIt() {
        String task = guarded.start();
        String instance = guarded.instanceOf(task);
        for (String path : new String[] {
            "/engine-rest/process-instance/" + instance,
            "/engine-rest/process-instance/" + instance + "/variables",
            "/engine-rest/process-instance/" + instance + "/activity-instances",
            "/engine-rest/process-instance/" + instance + "/comment",
            "/engine-rest/history/process-instance/" + instance,
            "/engine-rest/process-definition/key/guarded",
            "/engine-rest/process-definition/key/guarded/xml"
        }) {
            assertThat(technician.get(path).statusCode()).as(path).isIn(403, 404);
            assertThat(assistant.get(path).statusCode()).as(path).isEqualTo(200);
        }
        for (String path : new String[] {
            "/engine-rest/process-instance/count?processDefinitionKey=guarded",
            "/engine-rest/history/process-instance/count?processDefinitionKey=guarded",
            "/engine-rest/history/task/count?processDefinitionKey=guarded",
            "/engine-rest/history/variable-instance/count?processInstanceId=" + instance,
            "/engine-rest/variable-instance/count?processInstanceIdIn=" + instance,
            "/engine-rest/process-definition/count?key=guarded",
            "/engine-rest/deployment/count",
            "/engine-rest/authorization/count"
        }) {
            assertThat(GuardedProcess.count(technician, path)).as(path).isZero();
        }
        assertThat(GuardedProcess.count(
                        assistant, "/engine-rest/variable-instance/count?processInstanceIdIn=" + instance))
                .isPositive();
    }

    @Test
    void onlyWhoNeedsThemHasTheirApplications() {
        assertThat(apps("assistant1")).contains("tasklist").doesNotContain("cockpit", "admin");
        assertThat(apps("manager")).contains("tasklist", "cockpit").doesNotContain("\"admin\"");
        assertThat(apps("owner")).contains("tasklist", "cockpit").doesNotContain("\"admin\"");
        assertThat(apps("admin")).contains("tasklist", "cockpit", "\"admin\"");
    }

    @Test
    void noTaskWritesAnAuthorization() {
        String task = guarded.start();
        assistant.post("/engine-rest/task/" + task + "/claim", "{\"userId\":\"assistant1\"}");

        assertThat(authorizationService
                        .createAuthorizationQuery()
                        .resourceType(Resources.TASK)
                        .count())
                .isZero();
    }

    @Test
    void aDiagramTakesRightsAwayAsWell() {
        Authorization grant = authorizationService.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setGroupId("finance");
        grant.setResource(Resources.PROCESS_DEFINITION);
        grant.setResourceId("guarded");
        authorizationService.saveAuthorization(grant);

        guarded.deploy();

        assertThat(authorizationService
                        .createAuthorizationQuery()
                        .groupIdIn("finance")
                        .resourceType(Resources.PROCESS_DEFINITION)
                        .resourceId("guarded")
                        .count())
                .isZero();
    }

    @Test
    void nobodyMayDeployOrWriteFilters() {
        for (Resources resource : new Resources[] {Resources.DEPLOYMENT, Resources.FILTER}) {
            assertThat(authorizationService
                            .createAuthorizationQuery()
                            .resourceType(resource)
                            .hasPermission(org.camunda.bpm.engine.authorization.Permissions.CREATE)
                            .count())
                    .isZero();
        }
    }

    private String apps(String user) {
        HttpUser browser = HttpUser.browser(port, user);
        browser.get("/camunda/app/tasklist/");
        return browser.get("/camunda/api/admin/auth/user/default").body();
    }

    private int count(HttpUser user, String query) {
        return GuardedProcess.count(user, "/engine-rest/task/count?" + query);
    }

    private long open(String group) {
        return taskService
                .createTaskQuery()
                .taskCandidateGroup(group)
                .includeAssignedTasks()
                .count();
    }
}
