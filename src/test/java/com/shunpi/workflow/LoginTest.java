package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.HttpUser;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One login for everything (A2): nothing answers a stranger, and every door has the same lock. */
@ShunpiTest
class LoginTest {

    private static final String WEBAPP_USER = "/camunda/api/admin/auth/user/default";

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @Autowired
    IdentityService identityService;

    @Autowired
    MutableClock clock;

    @AfterEach
    void leave() {
        identityService.deleteUser("leaver");
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/engine-rest/engine",
                "/engine-rest/task",
                "/engine-rest/process-definition",
                "/engine-rest/identity/password-policy",
                "/camunda/app/tasklist/",
                "/camunda/app/admin/",
                "/camunda/app/cockpit/default/",
                "/camunda/api/engine/engine/",
                "/camunda/api/engine/engine/default/task",
                "/camunda/api/admin/auth/user/default",
                "/camunda/lib/deps.js",
                "/api/orders/SO-1",
                "/api/nothing-like-it",
                "/api-docs",
                "/swagger-ui/index.html",
                "/h2-console",
                "/actuator/health",
                "/actuator/prometheus",
                "/error"
            })
    void aStrangerGetsNothing(String path) {
        HttpResponse<String> answer = HttpUser.stranger(port).get(path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json;charset=UTF-8");
        assertThat(answer.body()).contains("请先登录");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/orders", "/engine-rest/task/1/claim", "/camunda/api/engine/engine/default/task/1/claim"})
    void aStrangerChangesNothing(String path) {
        assertThat(HttpUser.stranger(port).post(path, "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void aWrongPasswordOpensNothing() {
        assertThat(HttpUser.stranger(port)
                        .as("nobody", "demo")
                        .get("/engine-rest/task/count")
                        .statusCode())
                .isEqualTo(401);

        HttpUser browser = HttpUser.browser(port);
        browser.get("/login");
        HttpResponse<String> answer = browser.post(
                "/login", Map.of("username", "nobody", "password", "demo", "_csrf", browser.cookie("SHUNPI-CSRF")));
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login?error");
    }

    @Test
    void oneWrongPasswordIsCountedOnceAndLocksEveryDoorForAWhile() {
        user("leaver");
        assertThat(HttpUser.stranger(port)
                        .as("leaver", "wrong")
                        .get("/engine-rest/task/count")
                        .statusCode())
                .isEqualTo(401);

        assertThat(HttpUser.basic(port, "leaver").get("/engine-rest/task/count").statusCode())
                .isEqualTo(401);
        clock.advance(Duration.ofSeconds(4));
        assertThat(HttpUser.basic(port, "leaver").get("/engine-rest/task/count").statusCode())
                .as("the engine locks for three seconds after one wrong password, for six after two")
                .isEqualTo(200);
    }

    @Test
    void whoHasLeftIsOutAtOnce() {
        user("leaver");
        HttpUser browser = HttpUser.browser(port, "leaver");
        assertThat(browser.get("/engine-rest/task/count").statusCode()).isEqualTo(200);

        identityService.deleteUser("leaver");

        assertThat(browser.get("/engine-rest/task/count").statusCode()).isEqualTo(401);
    }

    @Test
    void aBrowserThatNavigatesIsLedToTheLoginPageAndBack() {
        HttpUser browser = HttpUser.browser(port).with("Accept", "text/html,application/xhtml+xml");
        HttpResponse<String> answer = browser.get("/camunda/app/tasklist/default/?task=1");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");

        browser.get("/login");
        HttpResponse<String> login = browser.post(
                "/login", Map.of("username", "assistant1", "password", "demo", "_csrf", browser.cookie("SHUNPI-CSRF")));
        assertThat(login.headers().firstValue("Location").orElse("")).contains("/camunda/app/tasklist/default/?task=1");
    }

    @Test
    void onlyProgramsAreAskedForBasicCredentials() {
        assertThat(HttpUser.stranger(port).get("/api/worklist").headers().firstValue("WWW-Authenticate"))
                .isPresent();
        assertThat(HttpUser.stranger(port)
                        .with("Sec-Fetch-Mode", "cors")
                        .get("/api/worklist")
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .isEmpty();
        assertThat(HttpUser.stranger(port)
                        .get("/camunda/api/engine/engine/default/task")
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .isEmpty();
    }

    @Test
    void theSameLoginServesEverything() {
        HttpUser browser = HttpUser.browser(port, "assistant1");

        assertThat(browser.get("/engine-rest/task/count").statusCode()).isEqualTo(200);
        assertThat(browser.get("/camunda/api/engine/engine/default/task/count").statusCode())
                .isEqualTo(200);
        assertThat(browser.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
        assertThat(browser.get(WEBAPP_USER).body()).contains("\"userId\":\"assistant1\"");
        assertThat(browser.get("/api-docs").statusCode()).isEqualTo(200);
        assertThat(browser.get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
    }

    @Test
    void theWebappsOwnLoginIsNoSecondDoor() {
        Map<String, String> credentials = Map.of("username", "admin", "password", "demo");
        assertThat(HttpUser.stranger(port)
                        .post(WEBAPP_USER + "/login/admin", credentials)
                        .statusCode())
                .isEqualTo(401);

        HttpUser browser = HttpUser.browser(port, "assistant1");
        browser.get("/camunda/app/tasklist/");
        browser.with("X-XSRF-TOKEN", browser.cookie("XSRF-TOKEN"));
        assertThat(browser.post(WEBAPP_USER + "/login/admin", credentials).statusCode())
                .isEqualTo(403);
        assertThat(browser.get(WEBAPP_USER).body()).contains("\"userId\":\"assistant1\"");
    }

    @Test
    void loggingOutInTasklistEndsTheSession() {
        HttpUser browser = HttpUser.browser(port, "assistant1");
        browser.get("/camunda/app/tasklist/");
        browser.with("X-XSRF-TOKEN", browser.cookie("XSRF-TOKEN"));

        assertThat(browser.post(WEBAPP_USER + "/logout", "").statusCode()).isEqualTo(200);

        assertThat(browser.get("/engine-rest/task/count").statusCode()).isEqualTo(401);
    }

    @Test
    void whoSharesASessionIsHimselfAgain() {
        // Basic credentials and another's session cookie in one request: the engine must know the one who is checked
        HttpUser browser = HttpUser.browser(port, "assistant1");
        browser.as("rep1", "demo");
        assertThat(browser.get(WEBAPP_USER).body()).contains("\"userId\":\"rep1\"");
        browser.with("Authorization", null);
        assertThat(browser.get(WEBAPP_USER).body()).contains("\"userId\":\"assistant1\"");
    }

    @Test
    void aSessionNeedsATokenForEveryChange() {
        HttpUser browser = HttpUser.browser(port, "assistant1");
        assertThat(browser.post("/engine-rest/task/1/claim", "{}").statusCode()).isEqualTo(403);
        assertThat(browser.post("/api/orders", "{}").statusCode()).isEqualTo(403);
        assertThat(browser.post("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(browser.post("/camunda/api/engine/engine/default/task/count", "{}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aSessionWithItsTokenMayChange() {
        HttpUser browser = HttpUser.browser(port, "assistant1");
        browser.with("X-CSRF-TOKEN", browser.cookie("SHUNPI-CSRF"));
        assertThat(browser.post("/engine-rest/task/count", "{}").statusCode()).isEqualTo(200);
        browser.post("/logout", Map.of());
        assertThat(browser.get("/engine-rest/task/count").statusCode()).isEqualTo(401);
    }

    @Test
    void theLoginItselfNeedsAToken() {
        HttpUser browser = HttpUser.browser(port);
        assertThat(browser.post("/login", Map.of("username", "assistant1", "password", "demo"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void credentialsThatAnotherSiteMakesABrowserSendAreRefused() {
        assertThat(HttpUser.basic(port, "assistant1")
                        .with("Origin", "https://evil.example")
                        .post("/engine-rest/task/count", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(HttpUser.basic(port, "assistant1")
                        .with("Sec-Fetch-Site", "cross-site")
                        .post("/engine-rest/task/count", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(HttpUser.basic(port, "assistant1")
                        .with("Origin", "http://localhost:" + port)
                        .with("Sec-Fetch-Site", "same-origin")
                        .post("/engine-rest/task/count", "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aScriptWithAPasswordNeedsNoToken() {
        HttpResponse<String> answer = HttpUser.basic(port, "assistant1").post("/engine-rest/task/count", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("JSESSIONID"));
    }

    @Test
    void pagesCarryTheirSecurityHeaders() {
        HttpResponse<String> page = HttpUser.browser(port, "assistant1").get("/swagger-ui/index.html");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("default-src 'self'", "frame-ancestors 'self'"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("SAMEORIGIN");
    }

    @Test
    void cookiesStayOnTheirSite() {
        HttpUser browser = HttpUser.browser(port);
        browser.get("/login");
        HttpResponse<String> login = browser.post(
                "/login", Map.of("username", "assistant1", "password", "demo", "_csrf", browser.cookie("SHUNPI-CSRF")));
        assertThat(login.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("JSESSIONID") && cookie.contains("HttpOnly"))
                .allMatch(cookie -> cookie.contains("SameSite=Lax"));
    }

    @Test
    void healthIsForEveryoneAndMetricsAreForTheAdministrator() {
        assertThat(HttpUser.stranger(managementPort).get("/actuator/health").body())
                .isEqualTo("{\"status\":\"UP\",\"groups\":[\"liveness\",\"readiness\"]}");

        assertThat(HttpUser.stranger(managementPort).get("/actuator/prometheus").statusCode())
                .isEqualTo(401);
        assertThat(HttpUser.basic(managementPort, "assistant1")
                        .get("/actuator/prometheus")
                        .statusCode())
                .isEqualTo(403);
        assertThat(HttpUser.basic(managementPort, "admin")
                        .get("/actuator/prometheus")
                        .statusCode())
                .isEqualTo(200);
        assertThat(HttpUser.basic(managementPort, "admin").get("/actuator/env").statusCode())
                .isEqualTo(404);
    }

    private void user(String id) {
        User user = identityService.newUser(id);
        user.setPassword("demo");
        ((IdentityServiceImpl) identityService).saveUser(user, true);
    }
}
