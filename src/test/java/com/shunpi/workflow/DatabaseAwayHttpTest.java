package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import com.zaxxer.hikari.HikariDataSource;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What people see while there is no database: that, in Chinese, with 503; never a wrong password, never a stack trace. */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseAwayHttpTest {

    private static final String WORDS = "数据库暂时不可用";

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private GuardedProcess guarded;

    private final List<Connection> taken = new ArrayList<>();
    private HikariDataSource pool;
    private long patience;

    @BeforeAll
    void prepare() throws SQLException {
        guarded.deploy();
        pool = dataSource.unwrap(HikariDataSource.class);
        patience = pool.getConnectionTimeout();
    }

    @AfterAll
    void remove() {
        guarded.remove();
    }

    /** To the application a pool that has nothing to give is a database that does not answer. */
    private void databaseGoes() throws SQLException {
        while (taken.size() < pool.getMaximumPoolSize()) {
            taken.add(pool.getConnection());
        }
        pool.setConnectionTimeout(250);
    }

    @AfterEach
    void databaseComesBack() throws SQLException {
        pool.setConnectionTimeout(patience);
        for (Connection connection : taken) {
            connection.close();
        }
        taken.clear();
    }

    @Test
    void everyDoorSaysSo() throws SQLException {
        databaseGoes();
        HttpUser assistant = HttpUser.basic(port, "assistant1");

        for (HttpResponse<String> answer : List.of(
                assistant.get("/api/orders"),
                assistant.post("/api/orders", "{}"),
                assistant.get("/engine-rest/task/count"),
                assistant.get("/camunda/api/engine/engine/default/task/count"))) {
            assertThat(answer.statusCode())
                    .as("%s: %s", answer.uri(), answer.body())
                    .isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(answer.body()).contains(WORDS).doesNotContain("Exception");
        }
        assertThat(HttpUser.stranger(managementPort).get("/actuator/health").statusCode())
                .isEqualTo(503);
    }

    @Test
    void whoLogsInIsNotToldThatHisPasswordIsWrong() throws SQLException {
        HttpUser browser = HttpUser.browser(port);
        browser.get("/login");
        Map<String, String> form =
                Map.of("username", "assistant1", "password", "demo", "_csrf", browser.cookie("SHUNPI-CSRF"));

        databaseGoes();
        assertThat(browser.get("/login").statusCode()).isEqualTo(200);
        assertThat(browser.post("/login", form).headers().firstValue("Location").orElse(""))
                .endsWith("/login?unavailable");
    }

    @Test
    void whoIsLoggedInStaysSo() throws SQLException {
        HttpUser browser = HttpUser.browser(port, "assistant1");

        databaseGoes();
        HttpResponse<String> page = browser.with("Accept", "text/html").get("/pages/orders.html");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("<html").contains(WORDS);
        assertThat(browser.with("Accept", null).get("/api/me").statusCode()).isEqualTo(503);

        databaseComesBack();
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void aTaskWhoseDatabaseGoesInTheMiddleIsNotDone() {
        String task = guarded.start();
        HttpUser assistant = HttpUser.basic(port, "assistant1");

        HttpResponse<String> answer = assistant.post(
                "/engine-rest/task/" + task + "/complete",
                "{\"variables\":{\"decision\":{\"value\":\"" + GuardedRecord.DATABASE_GOES + "\"}}}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains(WORDS);
        assertThat(assistant.get("/engine-rest/task/" + task).statusCode()).isEqualTo(200);
    }
}
