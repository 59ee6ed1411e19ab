package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.pricing.SpecialPrices;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** R5, F5: what a customer's pending request asks for already, an order does not ask for again: it joins and waits. */
@ShunpiTest
class JoinedRequestTest {

    private static final int RACES = 10;

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Login login;

    @Autowired
    private OrderActions actions;

    @Autowired
    private OrderViews views;

    @Autowired
    private SpecialPrices specialPrices;

    @Autowired
    private TaskService taskService;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    private final ObjectMapper json = new ObjectMapper();

    private String customer;
    private String product;

    @BeforeEach
    void begin() {
        customer = desk.customer(Grade.B);
        product = desk.product(100);
    }

    @Test
    void theOrderWaitsAndGoesOnWhenTheRequestIsGranted() throws Exception {
        String request = ask(customer, "90.00", 10);
        String order = reviewed(line(product, 4, "90.00"));
        assertThat(desk.steps(order)).isEmpty();
        assertThat(hold(order)).contains("已在 " + request + " 中申请");

        decide(request, "approve");
        assertThat(desk.steps(order)).containsExactly("userTask_verifyDocument");
        desk.verify(order);
        assertThat(desk.order(order).status()).isEqualTo(OrderStatus.RELEASED);
        assertThat(agreements()).containsExactly(request + " 10, 4");
        assertThat(requests(order)).containsExactly("APPROVED " + request);
    }

    @Test
    void theOrderGoesBackWhenTheRequestIsRefusedAndMayAskByItselfThen() throws Exception {
        String request = ask(customer, "90.00", 10);
        String order = reviewed(line(product, 4, "90.00"));

        decide(request, "reject");
        assertThat(desk.steps(order)).containsExactly("userTask_completeOrder");
        desk.correct(order, 4);
        desk.review(order);
        assertThat(desk.steps(order)).containsExactly("userTask_submitRequest");
    }

    @Test
    void whatThePendingRequestDoesNotAskForIsAskedByTheOrder() throws Exception {
        ask(customer, "90.00", 10);
        // a lower price, another customer, another product
        assertAsksItself(reviewed(line(product, 4, "89.9999")), 4);
        customer = desk.customer(Grade.B);
        assertAsksItself(reviewed(line(product, 4, "90.00")), 4);
        product = desk.product(100);
        assertAsksItself(reviewed(line(product, 4, "90.00")), 4);

        // a period that does not begin today
        send(customer, product, "90.00", 10, "2026-11-24", "2026-12-31");
        assertAsksItself(reviewed(line(product, 4, "90.00")), 4);
    }

    @Test
    void aPeriodThatHasEndedHelpsNobody() throws Exception {
        ask(customer, "90.00", 10);
        clock.advance(Duration.ofDays(60));
        assertAsksItself(reviewed(line(product, 4, "90.00")), 4);
    }

    @Test
    void aBetterPriceJoinsAndTheQuantityIsSharedByThoseWhoWait() throws Exception {
        String request = ask(customer, "90.00", 10);
        String first = reviewed(line(product, 7, "95.00"));
        assertThat(desk.steps(first)).isEmpty();
        // three are left: the fourth is asked for alone, and then it waits for the others
        String second = reviewed(line(product, 4, "90.00"));
        assertAsksItself(second, 1);
        desk.submitPrice(second);
        desk.complete("manager", second, "userTask_approvePrice", "decision", "approve");
        assertThat(desk.steps(second)).isEmpty();

        decide(request, "approve");
        for (String order : List.of(first, second)) {
            desk.verify(order);
            assertThat(desk.order(order).status()).isEqualTo(OrderStatus.RELEASED);
        }
        assertThat(agreements()).containsExactlyInAnyOrder(request + " 10, 10", requestOf(second, "1") + " 1, 1");
    }

    @Test
    void aChangedOrderLeavesTheJoinedRequestAlone() throws Exception { // R11
        String request = ask(customer, "90.00", 10);
        String order = reviewed(line(product, 4, "90.00"));
        desk.change(order, 5);
        assertThat(desk.steps(order)).containsExactly("userTask_reviewOrder");
        assertThat(state(request)).isEqualTo("OPEN");
        assertThat(requests(order)).containsExactly("VOID " + request);

        decide(request, "approve");
        assertThat(desk.steps(order)).containsExactly("userTask_reviewOrder");
        desk.review(order);
        assertThat(desk.steps(order)).containsExactly("userTask_verifyDocument");
    }

    @Test
    void aCancelledOrderWaitsForNothing() throws Exception {
        String request = ask(customer, "90.00", 10);
        String order = reviewed(line(product, 4, "90.00"));
        login.run("assistant1", () -> actions.cancel(order, "客户取消"));
        decide(request, "approve");
        assertThat(desk.order(order).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(desk.steps(order)).isEmpty();
    }

    @Test
    void anotherPriceThanTheOneWaitedForDoesNotChangeTheOrder() throws Exception {
        String request = ask(customer, "90.00", 10);
        String order = reviewed(line(product, 4, "90.00"));
        complete(
                "manager",
                request,
                Map.of(
                        "decision",
                        "counter",
                        "comment",
                        "92",
                        "offer",
                        "{\"lines\":[{\"askedPrice\":\"92.00\",\"quantity\":10}]}"));
        assertThat(desk.steps(order)).isEmpty();
        complete("rep1", request, Map.of("decision", "accept"));

        assertThat(state(request)).isEqualTo("APPROVED");
        assertThat(desk.order(order).lines().get(0).unitPrice()).isEqualByComparingTo("90");
        assertAsksItself(order, 4);
    }

    @Test
    void aWithdrawnRequestSendsTheOrderBack() throws Exception {
        String request = ask(customer, "90.00", 10);
        String order = reviewed(line(product, 4, "90.00"));
        complete("manager", request, Map.of("decision", "ask", "comment", "量多少？"));
        complete("rep1", request, Map.of("decision", "withdraw", "comment", "不要了"));
        assertThat(desk.steps(order)).containsExactly("userTask_completeOrder");
    }

    @Test
    void anOrderHasOneOpenRequest() throws Exception { // F5
        String order = reviewed(line(product, 4, "90.00"));
        assertThatThrownBy(() -> specialPrices.open(order, customer, List.of(), "assistant1"))
                .hasMessageContaining("不能重复申请");
        assertThatThrownBy(() -> jdbc.sql("insert into special_price_request (request_number, version, kind,"
                                + " customer_code, order_number, open_order, requested_by, requested_at, state)"
                                + " values (?, 0, 'ORDER', ?, ?, ?, 'rep1', current_timestamp, 'DRAFT')")
                        .params(OrderDesk.unique("SPX"), customer, order, order)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void theSameRequestOfTheSameCustomerIsNotTakenTwice() throws Exception { // F5
        String request = ask(customer, "90.00", 10);
        HttpResponse<String> again = post(customer, product, "90.0", 10, "2026-11-23", "2026-12-31");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(409);
        assertThat(again.body()).contains(request);
        // another quantity is another question
        ask(customer, "90.00", 11);
        decide(request, "reject");
        ask(customer, "90.00", 10);
    }

    @Test
    void whoJoinsWhileItIsDecidedIsNotForgotten() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < RACES; round++) {
                begin();
                String request = ask(customer, "90.00", 10);
                String order = desk.receive(desk.draft(customer, line(product, 4, "90.00")));
                String approval = task(request);
                String review = desk.task(order, "userTask_reviewOrder").getId();
                CyclicBarrier start = new CyclicBarrier(2);
                Future<?> decided = threads.submit(() -> {
                    start.await();
                    login.run("manager", () -> taskService.complete(approval, Map.of("decision", "approve")));
                    return null;
                });
                Future<?> joined = threads.submit(() -> {
                    start.await();
                    login.run("assistant1", () -> taskService.complete(review, Map.of("decision", "approve")));
                    return null;
                });
                decided.get();
                joined.get();
                assertThat(desk.steps(order)).as("round " + round).containsExactly("userTask_verifyDocument");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private String ask(String customer, String price, int quantity) throws Exception {
        return send(customer, product, price, quantity, "2026-11-23", "2026-12-31");
    }

    private String send(String customer, String product, String price, int quantity, String from, String to)
            throws Exception {
        HttpResponse<String> answer = post(customer, product, price, quantity, from, to);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body()).get("requestNumber").asText();
    }

    private HttpResponse<String> post(
            String customer, String product, String price, int quantity, String from, String to) throws Exception {
        return HttpUser.basic(port, "rep1")
                .post(
                        "/api/special-prices",
                        json.writeValueAsString(Map.of(
                                "customerCode",
                                customer,
                                "reason",
                                "竞争对手报价更低",
                                "validFrom",
                                from,
                                "validTo",
                                to,
                                "lines",
                                List.of(Map.of(
                                        "productCode",
                                        product,
                                        "quantity",
                                        String.valueOf(quantity),
                                        "askedPrice",
                                        price)))));
    }

    private String reviewed(OrderDraft.Line line) {
        String order = desk.receive(desk.draft(customer, line));
        desk.review(order);
        return order;
    }

    /** 10 % below the list price is the manager's. */
    private void decide(String request, String decision) {
        complete("manager", request, Map.of("decision", decision, "comment", "看过"));
    }

    private void complete(String user, String request, Map<String, Object> variables) {
        String task = task(request);
        login.run(user, () -> taskService.complete(task, variables));
    }

    private String task(String request) {
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(request)
                .singleResult()
                .getId();
    }

    private void assertAsksItself(String order, int quantity) {
        assertThat(desk.steps(order)).containsExactly("userTask_submitRequest");
        assertThat(jdbc.sql("select l.quantity from special_price_line l join special_price_request r"
                                + " on r.request_number = l.request_number where r.open_order = ?")
                        .param(order)
                        .query(Integer.class)
                        .list())
                .containsExactly(quantity);
    }

    private String hold(String order) {
        return login.as("assistant1", () -> views.view(order)).holds().toString();
    }

    private List<String> agreements() {
        return jdbc.sql("select request_number || ' ' || quantity || ', ' || drawn from price_agreement"
                        + " where product_code = ? order by id")
                .param(product)
                .query(String.class)
                .list();
    }

    private List<String> requests(String order) {
        return jdbc.sql("select state || ' ' || joined_request from special_price_request where order_number = ?")
                .param(order)
                .query(String.class)
                .list();
    }

    /** The request of an order that asked for so many units itself. */
    private String requestOf(String order, String quantity) {
        return jdbc.sql("select r.request_number from special_price_request r join special_price_line l"
                        + " on l.request_number = r.request_number where r.order_number = ? and l.quantity = ?")
                .params(order, Integer.valueOf(quantity))
                .query(String.class)
                .single();
    }

    private String state(String request) {
        return jdbc.sql("select state from special_price_request where request_number = ?")
                .param(request)
                .query(String.class)
                .single();
    }
}
