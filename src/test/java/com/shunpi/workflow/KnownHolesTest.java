package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import java.util.List;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The holes of Camunda 7.24.0 that no release will close. Each test fails without our closure. */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownHolesTest {

    private static final String EXPRESSION = "\"${detonator.fire()}\"";

    @LocalServerPort
    int port;

    @Autowired
    GuardedProcess guarded;

    @Autowired
    Detonator detonator;

    @Autowired
    FilterService filterService;

    @Autowired
    TaskService taskService;

    @Autowired
    IdentityService identityService;

    @Autowired
    AuthorizationService authorizationService;

    @BeforeAll
    void process() {
        guarded.deploy();
    }

    @AfterAll
    void remove() {
        guarded.remove();
    }

    @BeforeEach
    void arm() {
        detonator.reset();
    }

    /** CVE-2026-109432. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"assigneeExpression\":" + EXPRESSION + "}",
                "{\"orQueries\":[{\"assigneeExpression\":" + EXPRESSION + "}]}",
                "{\"orQueries\":[{\"candidateGroupsExpression\":" + EXPRESSION + "}]}",
                "{\"orQueries\":[{\"dueBeforeExpression\":" + EXPRESSION + "}]}",
                "{\"orQueries\":[{\"processInstanceBusinessKeyExpression\":" + EXPRESSION + "}]}"
            })
    void anExpressionInAQueryIsNotEvaluated(String query) {
        HttpUser assistant = HttpUser.basic(port, "assistant1");
        for (String path : List.of("/engine-rest/task", "/engine-rest/task/count")) {
            assertThat(assistant.post(path, query).statusCode()).as(path).isGreaterThanOrEqualTo(400);
        }
        assertThat(detonator.hasFired()).isFalse();
    }

    /** CVE-2026-109432, by a filter that is stored already or that the caller extends. */
    @Test
    void anExpressionInAStoredFilterIsNotEvaluated() {
        Filter filter = filterService.newTaskFilter("fuse");
        filter.setQuery(taskService
                .createTaskQuery()
                .or()
                .taskAssigneeExpression("${detonator.fire()}")
                .endOr());
        String stored = filterService.saveFilter(filter).getId();
        Filter harmless = filterService.newTaskFilter("harmless");
        harmless.setQuery(taskService.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
        String extended = filterService.saveFilter(harmless).getId();
        grant(stored);
        grant(extended);
        try {
            HttpUser assistant = HttpUser.basic(port, "assistant1");
            assertThat(assistant.get("/engine-rest/filter/" + stored + "/list").statusCode())
                    .isGreaterThanOrEqualTo(400);
            assertThat(assistant
                            .post(
                                    "/engine-rest/filter/" + extended + "/list",
                                    "{\"orQueries\":[{\"assigneeExpression\":" + EXPRESSION + "}]}")
                            .statusCode())
                    .isGreaterThanOrEqualTo(400);
            assertThat(detonator.hasFired()).isFalse();

            String task = guarded.start();
            taskService.setAssignee(task, "assistant1");
            assertThat(assistant
                            .get("/engine-rest/filter/" + extended + "/list")
                            .body())
                    .as("a queue may ask for its user")
                    .contains(task);
        } finally {
            filterService.deleteFilter(stored);
            filterService.deleteFilter(extended);
        }
    }

    @Test
    void aDiagramsExpressionsStillWork() {
        String task = guarded.start();
        String instance = guarded.instanceOf(task);
        HttpUser.basic(port, "assistant1")
                .post(
                        "/engine-rest/task/" + task + "/complete",
                        "{\"variables\":{\"decision\":{\"value\":\"approve\"}}}");

        assertThat(taskService
                        .createTaskQuery()
                        .taskId(guarded.taskOf(instance))
                        .singleResult()
                        .getTaskDefinitionKey())
                .isEqualTo("userTask_ship");
    }

    /** CVE-2026-77226. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/setup/default/user/create/",
                "/camunda/api/admin/./setup/default/user/create",
                "/camunda/api/admin//setup/default/user/create",
                "/camunda/api/admin/setup;x=1/default/user/create",
                "/camunda/api/admin/%73etup/default/user/create"
            })
    void nobodyBecomesAdministratorWhileThereIsNone(String path) {
        identityService.deleteMembership("admin", Groups.ADMIN);
        try {
            String stranger = "{\"profile\":{\"id\":\"stranger\",\"firstName\":\"x\",\"lastName\":\"x\"},"
                    + "\"credentials\":{\"password\":\"Long-Enough-7\"}}";
            assertThat(HttpUser.stranger(port).post(path, stranger).statusCode())
                    .isBetween(400, 499);
            HttpUser browser = HttpUser.browser(port, "assistant1");
            browser.get("/camunda/app/tasklist/");
            browser.with("X-XSRF-TOKEN", browser.cookie("XSRF-TOKEN"));
            assertThat(browser.post(path, stranger).statusCode()).isBetween(400, 499);

            assertThat(identityService.createUserQuery().userId("stranger").count())
                    .isZero();
        } finally {
            identityService.createMembership("admin", Groups.ADMIN);
        }
    }

    @Test
    void noScriptEngineIsThere() {
        // FEEL for decision tables and the diagrams' own expression language; nothing that runs a program
        assertThat(new ScriptEngineManager().getEngineFactories())
                .extracting(factory -> factory.getLanguageName())
                .containsOnly("feel", "feel-unary-tests", "JSP 2.1 EL");
    }

    @Test
    void noDatabaseConsoleIsThere() {
        assertThat(HttpUser.basic(port, "admin").get("/h2-console").statusCode())
                .isEqualTo(404);
    }

    private void grant(String filter) {
        Authorization read = authorizationService.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        read.setGroupId(Groups.SALES_ASSISTANT);
        read.setResource(Resources.FILTER);
        read.setResourceId(filter);
        read.addPermission(Permissions.READ);
        authorizationService.saveAuthorization(read);
    }
}
