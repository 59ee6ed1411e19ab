package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** P8: a promotion is approved like a special price, and then lowers prices until its period or its budget ends. */
@ShunpiTest
class PromotionTest {

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Login login;

    @Autowired
    private TaskService taskService;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    private final ObjectMapper json = new ObjectMapper();

    private String product;

    @BeforeEach
    void begin() {
        product = desk.product(100);
    }

    @Test
    void whatIsNoPromotionIsRefused() throws Exception {
        assertFault(promotion("[]", "100", "90"), "grades");
        assertFault(promotion("[\"D\"]", "100", "90"), "grades");
        assertFault(promotion("[\"A\"]", "0", "90"), "budget");
        assertFault(promotion("[\"A\"]", "1.005", "90"), "budget");
        assertFault(promotion("[\"A\"]", "", "90"), "budget");
        assertFault(promotion("[\"A\"]", "100", "100.00"), "lines[0].askedPrice");
        assertFault(promotion("[\"A\"]", "100", "90").replace("promotion", "gift"), "kind");
    }

    @Test
    void beforeItIsApprovedNothingIsCheaper() throws Exception {
        String number = send(promotion("[\"B\"]", "100.00", "90"));
        assertThat(held(Grade.B, 1, "90.00")).isTrue();
        approve(number);
        assertThat(held(Grade.B, 1, "90.00")).isFalse();
        assertThat(held(Grade.B, 1, "89.99")).isTrue();
        assertThat(held(Grade.A, 1, "90.00")).isTrue(); // of another grade
    }

    @Test
    void itEndsWithItsPeriod() throws Exception {
        approve(send(promotion("[\"B\"]", "100.00", "90")));
        clock.advance(Duration.ofDays(8));
        assertThat(held(Grade.B, 1, "90.00")).isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(held(Grade.B, 1, "90.00")).isTrue();
    }

    @Test
    void itEndsWithItsBudgetWhichReleasedOrdersDraw() throws Exception {
        String number = send(promotion("[\"B\"]", "50.00", "90"));
        approve(number);

        assertThat(held(Grade.B, 6, "90.00")).isTrue(); // 60.00 of discount
        String first = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 4, "90.00")));
        String second = desk.receive(desk.draft(desk.customer(Grade.B), line(product, 2, "90.00")));
        desk.review(first);
        desk.review(second);
        desk.verify(first);
        assertThat(desk.order(first).status()).isEqualTo(OrderStatus.RELEASED);
        assertThat(jdbc.sql("select used from promotion where request_number = ?")
                        .param(number)
                        .query(String.class)
                        .single())
                .isEqualTo("40.00");

        // what was enough when it was reviewed is no more: it asks for a special price instead of overdrawing
        desk.verify(second);
        assertThat(desk.order(second).status()).isEqualTo(OrderStatus.HELD);
        assertThat(desk.steps(second)).containsExactly("userTask_submitRequest");
        assertThat(held(Grade.B, 1, "90.00")).isFalse();
    }

    private boolean held(Grade grade, int quantity, String price) {
        String number = desk.receive(desk.draft(desk.customer(grade), line(product, quantity, price)));
        return desk.order(number).isHeldBy(HoldReason.PRICE);
    }

    private String promotion(String grades, String budget, String price) {
        return "{\"kind\":\"promotion\",\"grades\":" + grades + ",\"budget\":\"" + budget
                + "\",\"reason\":\"双十二\",\"validFrom\":\"2026-11-23\",\"validTo\":\"2026-12-01\",\"lines\":[{"
                + "\"productCode\":\"" + product + "\",\"quantity\":\"20\",\"askedPrice\":\"" + price + "\"}]}";
    }

    private String send(String body) throws Exception {
        HttpResponse<String> answer = HttpUser.basic(port, "rep1").post("/api/special-prices", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body()).get("requestNumber").asText();
    }

    private void assertFault(String body, String field) throws Exception {
        HttpResponse<String> answer = HttpUser.basic(port, "rep1").post("/api/special-prices", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json.readTree(answer.body()).get("faults").findValuesAsText("field"))
                .contains(field);
    }

    /** 10 % below list: the manager decides. */
    private void approve(String number) {
        List<String> tasks = taskService.createTaskQuery().processInstanceBusinessKey(number).list().stream()
                .map(task -> task.getId())
                .toList();
        assertThat(tasks).hasSize(1);
        login.run("manager", () -> taskService.complete(tasks.get(0), Map.of("decision", "approve")));
    }
}
