package com.shunpi.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.order.OrderDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A8, F18: who did how much, how fast, and what is left lying; in a December of its own. */
@ShunpiTest
class WorkloadReportTest {

    private static final Map<String, Object> SHIPPED =
            Map.of("decision", "ship", "carrier", "顺达快运", "waybill", "SD1", "pieces", "1");

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private MutableClock clock;

    @Autowired
    private TaskService taskService;

    @Autowired
    private Login login;

    @Autowired
    private ObjectMapper json;

    @Test
    void tasksPerPersonAndRole() throws Exception {
        for (String user : List.of("assistant1", "rep1", "finance1", "warehouse1", "admin")) {
            assertThat(HttpUser.basic(port, user).get("/api/reports/workload").statusCode())
                    .isEqualTo(403);
        }

        // Monday 8 December 2025, 8:00: three orders are verified 2, 6 and 3 hours after their review, a fourth is not
        clock.set(Instant.parse("2025-12-08T00:00:00Z"));
        String first = verifiedAfter(2);
        String second = verifiedAfter(6);
        verifiedAfter(3);
        desk.inVerification(3, "100.00");
        // one of the three deliveries is claimed, and another made on Monday the 15th: three working days had ended on
        // Thursday
        claim("warehouse1", desk.task(first, "userTask_shipOrder").getId());
        clock.set(Instant.parse("2025-12-15T02:00:00Z"));
        claim("warehouse2", desk.task(second, "userTask_shipOrder").getId());
        login.run(
                "warehouse2",
                () -> taskService.complete(
                        desk.task(second, "userTask_shipOrder").getId(), SHIPPED));

        assertThat(rows("2025-12-08", "2025-12-08"))
                .containsExactly(
                        "sales-assistant assistant1 0 0 4 0 0.00",
                        "sales-assistant assistant2 0 0 3 0 3.00",
                        "sales-assistant null 1 0 0 0 null",
                        "sales-manager null 1 0 0 0 null",
                        "warehouse warehouse1 1 0 0 0 null",
                        "warehouse warehouse2 1 0 0 0 null",
                        "warehouse null 1 0 0 0 null");
        // the second was released on the 8th at 16:00 and shipped on the 15th at 10:00: 162 hours
        assertThat(rows("2025-12-09", "2025-12-15"))
                .contains("warehouse warehouse1 1 1 0 0 null", "warehouse warehouse2 0 0 1 1 162.00");
    }

    private String verifiedAfter(int hours) {
        String number = desk.inVerification(3, "100.00");
        clock.advance(Duration.ofHours(hours));
        desk.verify(number);
        return number;
    }

    private void claim(String user, String task) {
        login.run(user, () -> taskService.claim(task, user));
    }

    private List<String> rows(String from, String to) throws Exception {
        JsonNode report = json.readTree(HttpUser.basic(port, "manager")
                .get("/api/reports/workload?from=" + from + "&to=" + to)
                .body());
        return StreamSupport.stream(report.get("rows").spliterator(), false)
                .map(row -> String.join(
                        " ",
                        List.of("role", "person", "open", "overdue", "done", "late", "medianHours").stream()
                                .map(name -> row.get(name).asText())
                                .toList()))
                .toList();
    }
}
