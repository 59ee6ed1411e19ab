package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.HttpUser;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of a login lies in the database (ADR 0032). That another server takes it up: {@code TwoNodesTest}. */
@ShunpiTest
class LoginSessionsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    @Autowired
    private LoginSessions sessions;

    @BeforeEach
    @AfterEach
    void nobodyIsLoggedIn() {
        jdbc.sql("delete from login_session").update();
    }

    @Test
    void aStrangerLeavesNothing() {
        HttpUser browser = HttpUser.browser(port).with("Accept", "text/html");
        browser.get("/camunda/app/tasklist/");
        browser.get("/login");
        browser.post(
                "/login", Map.of("username", "nobody", "password", "wrong", "_csrf", browser.cookie("SHUNPI-CSRF")));

        assertThat(rows()).isEmpty();
    }

    @Test
    void whoSendsAPasswordLeavesNothing() {
        HttpUser script = HttpUser.basic(port, "assistant1");
        script.get("/engine-rest/task/count");
        script.get("/camunda/api/engine/engine/default/task/count");

        assertThat(rows()).isEmpty();
    }

    @Test
    void aLoginIsOneRowThatDoesNotOpenTheDoor() {
        HttpUser browser = HttpUser.browser(port, "assistant1");

        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.get("user_id")).isEqualTo("assistant1");
            HttpUser thief = HttpUser.stranger(port).with("Cookie", "JSESSIONID=" + row.get("id"));
            assertThat(thief.get("/engine-rest/task/count").statusCode()).isEqualTo(401);
            assertThat(browser.cookie("JSESSIONID")).doesNotContain((String) row.get("id"));
        });
    }

    @Test
    void loggingInAgainChangesWhatTheCookieHolds() {
        HttpUser browser = HttpUser.browser(port, "assistant1");
        String before = browser.cookie("JSESSIONID");
        browser.post(
                "/login", Map.of("username", "assistant2", "password", "demo", "_csrf", browser.cookie("SHUNPI-CSRF")));

        assertThat(browser.cookie("JSESSIONID")).isNotEqualTo(before);
        assertThat(rows()).extracting(row -> row.get("user_id")).containsExactly("assistant2");
        assertThat(HttpUser.stranger(port)
                        .with("Cookie", "JSESSIONID=" + before)
                        .get("/engine-rest/task/count")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void requestsWriteOnceAMinute() {
        HttpUser browser = HttpUser.browser(port, "assistant1");
        // the web applications keep their token and what the user may open, from the first visit on
        browser.get("/camunda/app/tasklist/default/");
        List<Map<String, Object>> before = rows();
        assertThat(before.get(0).get("webapp_token")).isNotNull();
        assertThat(before.get(0).get("webapp_apps")).isEqualTo("tasklist welcome");

        clock.advance(Duration.ofSeconds(50));
        browser.get("/engine-rest/task/count");
        browser.get("/camunda/api/engine/engine/default/task/count");
        assertThat(rows()).isEqualTo(before);

        clock.advance(Duration.ofSeconds(20));
        browser.get("/engine-rest/task/count");
        assertThat(rows()).isNotEqualTo(before);
    }

    @Test
    void anIdleSessionEndsAndIsRemoved() {
        HttpUser browser = HttpUser.browser(port, "assistant1");
        clock.advance(Duration.ofHours(7).plusMinutes(58));
        assertThat(browser.get("/engine-rest/task/count").statusCode()).isEqualTo(200);
        assertThat(sessions.removeExpired()).isZero();

        clock.advance(Duration.ofHours(8));
        assertThat(browser.get("/engine-rest/task/count").statusCode()).isEqualTo(401);
        assertThat(sessions.removeExpired()).isOne();
    }

    @Test
    void aSessionThatWasEndedMeanwhileDoesNotComeBack() {
        var session = sessions.findById(login());
        sessions.deleteById(session.getId());
        clock.advance(Duration.ofMinutes(2));
        sessions.save(session);

        assertThat(rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "%", "/", "x"})
    void aForgedReturnAddressLeadsNowhereElse(String address) {
        HttpUser browser = HttpUser.browser(port);
        browser.get("/login");
        String token = browser.cookie("SHUNPI-CSRF");
        var answer = HttpUser.stranger(port)
                .with("Cookie", "SHUNPI-CSRF=" + token + "; SHUNPI-RETURN=" + address)
                .post("/login", Map.of("username", "assistant1", "password", "demo", "_csrf", token));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/camunda/app/tasklist/");
    }

    /** The id of a session in which somebody has logged in. */
    private String login() {
        String cookie = HttpUser.browser(port, "assistant1").cookie("JSESSIONID");
        return new String(java.util.Base64.getDecoder().decode(cookie));
    }

    private List<Map<String, Object>> rows() {
        return jdbc.sql("select * from login_session").query().listOfRows();
    }
}
