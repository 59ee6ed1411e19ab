package com.shunpi.returns;

import static com.shunpi.returns.ReturnsDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import com.shunpi.order.OrderDesk;
import com.shunpi.receivables.InvoiceObjections;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** T1 over HTTP: what is refused, what is known already, who sees what; and many at once. */
@ShunpiTest
class ReturnsApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private InvoiceObjections objections;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ObjectMapper json;

    private ReturnsDesk desk;

    @BeforeEach
    void hireHands() {
        desk = new ReturnsDesk();
        beans.autowireBean(desk);
    }

    private static String body(String external, String order, String customer, String line, String quantity) {
        return """
                {"source": "crm", "externalNumber": "%s", "orderNumber": "%s", "customerCode": "%s", "reason": "quality",
                 "description": "不通电", "lines": [{"lineNumber": "%s", "quantity": "%s", "outcome": "refund"}]}
                """.formatted(external, order, customer, line, quantity);
    }

    private HttpResponse<String> apply(String body) {
        return HttpUser.basic(port, "rep1").post("/api/returns", body);
    }

    private JsonNode faults(HttpResponse<String> answer) throws Exception {
        return json.readTree(answer.body()).get("faults");
    }

    private String onlyField(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(faults(answer)).hasSize(1);
        return faults(answer).get(0).get("field").asText();
    }

    @Test
    void whatCannotBeReturnedIsRefusedByField() throws Exception { // T1
        ReturnsDesk.Sold sold = desk.delivered(3);
        ReturnsDesk.Sold other = desk.delivered(1);

        HttpResponse<String> more = apply(body(OrderDesk.unique("X"), sold.order(), sold.customer(), "0", "4"));
        assertThat(onlyField(more)).isEqualTo("lines[0].quantity");
        assertThat(more.body()).contains("最多还能退 3 件");
        HttpResponse<String> foreign = apply(body(OrderDesk.unique("X"), sold.order(), other.customer(), "0", "1"));
        assertThat(onlyField(foreign)).isEqualTo("customerCode");
        assertThat(foreign.body()).contains("不能退换他人的货");
        assertThat(onlyField(apply(body(OrderDesk.unique("X"), sold.order(), sold.customer(), "1", "1"))))
                .isEqualTo("lines[0].lineNumber");
        assertThat(onlyField(apply(body(OrderDesk.unique("X"), sold.order(), sold.customer(), "0", "0"))))
                .isEqualTo("lines[0].quantity");
        assertThat(onlyField(apply(body(OrderDesk.unique("X"), "SO-19990101-0001", sold.customer(), "0", "1"))))
                .isEqualTo("orderNumber");
        String notShipped = desk.orders.inVerification(2, "100.00");
        assertThat(onlyField(apply(body(OrderDesk.unique("X"), notShipped, desk.customerOf(notShipped), "0", "1"))))
                .isEqualTo("orderNumber");
        // the same line twice is not twice as much
        String twice = body(OrderDesk.unique("X"), sold.order(), sold.customer(), "0", "1")
                .replaceFirst("\\[(\\{.*})]", "[$1, $1]");
        HttpResponse<String> doubled = apply(twice);
        assertThat(onlyField(doubled)).isEqualTo("lines[1].lineNumber");
        assertThat(doubled.body()).contains("重复");
        HttpResponse<String> empty = apply("{}");
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(faults(empty).size()).isGreaterThan(4);
        // nothing of all that is kept
        assertThat(jdbc.sql("select count(*) from return_case where order_number = ?")
                        .param(sold.order())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from return_ledger where order_number = ?")
                        .param(sold.order())
                        .query(Long.class)
                        .single())
                .isZero();

        // what was returned before, or is on its way back
        assertThat(apply(body(OrderDesk.unique("X"), sold.order(), sold.customer(), "0", "2"))
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> again = apply(body(OrderDesk.unique("X"), sold.order(), sold.customer(), "0", "2"));
        assertThat(onlyField(again)).isEqualTo("lines[0].quantity");
        assertThat(again.body()).contains("已退或在退 2 件", "最多还能退 1 件");
    }

    @Test
    void theSameApplicationIsOneCaseAndOtherContentAConflict() throws Exception { // T1
        ReturnsDesk.Sold sold = desk.delivered(3);
        String external = OrderDesk.unique("X");
        HttpResponse<String> first = apply(body(external, sold.order(), sold.customer(), "0", "1"));
        assertThat(first.statusCode()).isEqualTo(201);
        HttpResponse<String> second = apply(body(external, sold.order(), sold.customer(), "0", "1"));
        assertThat(second.statusCode()).isEqualTo(200);
        String number = json.readTree(first.body()).get("returnNumber").asText();
        assertThat(json.readTree(second.body()).get("returnNumber").asText()).isEqualTo(number);
        assertThat(first.headers().firstValue("Location")).contains("/api/returns/" + number);
        HttpResponse<String> other = apply(body(external, sold.order(), sold.customer(), "0", "2"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains(number, "内容不同");
    }

    @Test
    void eachRoleSeesWhatIsItsBusiness() throws Exception { // A5
        ReturnsDesk.Sold sold = desk.delivered(3);
        String number = desk.apply(sold, ReturnReason.QUALITY, line(0, 1, ReturnOutcome.REFUND));
        JsonNode assistant = json.readTree(
                HttpUser.basic(port, "assistant1").get("/api/returns/" + number).body());
        assertThat(assistant.get("amount").asText()).isEqualTo("100.00");
        JsonNode warehouse = json.readTree(
                HttpUser.basic(port, "warehouse1").get("/api/returns/" + number).body());
        assertThat(warehouse.has("amount")).isFalse();
        assertThat(warehouse.get("lines").get(0).has("unitPrice")).isFalse();
        assertThat(HttpUser.basic(port, "admin").get("/api/returns/" + number).statusCode())
                .isEqualTo(403);
        assertThat(HttpUser.basic(port, "warehouse1")
                        .post("/api/returns", body("X", sold.order(), sold.customer(), "0", "1"))
                        .statusCode())
                .isEqualTo(403);
        JsonNode list = json.readTree(HttpUser.basic(port, "rep1")
                .get("/api/returns?order=" + sold.order())
                .body());
        assertThat(StreamSupport.stream(list.spliterator(), false)
                        .map(item -> item.get("returnNumber").asText()))
                .containsExactly(number);
        assertThat(json.readTree(HttpUser.basic(port, "rep1")
                                .get("/api/returns?customer=" + sold.customer())
                                .body())
                        .size())
                .isEqualTo(1);
        JsonNode returnable = json.readTree(HttpUser.basic(port, "rep1")
                .get("/api/returns/returnable?order=" + sold.order())
                .body());
        assertThat(returnable.get("lines").get(0).get("returnable").asInt()).isEqualTo(2);
    }

    @Test
    void aRefundInBlindCheckShowsNoAmountToWhoIsToCheckIt() throws Exception { // V2
        ReturnsDesk.Sold sold = desk.sold(4);
        String number = desk.granted(
                sold,
                new ReturnDraft.Line[] {line(0, 1, ReturnOutcome.REFUND)},
                ReturnsDesk.terms("refund", "\"refundAmount\":\"87.65\",\"goodsBack\":false"));
        desk.credit(number);
        String finance2 =
                HttpUser.basic(port, "finance2").get("/api/returns/" + number).body();
        assertThat(finance2).contains("\"blind\":true").doesNotContain("87.65", "6222");
        assertThat(HttpUser.basic(port, "finance2")
                        .get("/api/returns?order=" + sold.order())
                        .body())
                .doesNotContain("\"amount\"");
        assertThat(HttpUser.basic(port, "finance1")
                        .get("/api/returns/" + number)
                        .body())
                .contains("87.65");
    }

    @Test
    void anOpenReturnIsAnObjectionToItsInvoiceAlone() { // C7, N9
        ReturnsDesk.Sold sold = desk.sold(3);
        ReturnsDesk.Sold early = desk.delivered(3);
        String invoice = "INV-" + sold.order();
        String number = desk.apply(sold, ReturnReason.QUALITY, line(0, 1, ReturnOutcome.REFUND));
        desk.apply(early, ReturnReason.QUALITY, line(0, 1, ReturnOutcome.REFUND));
        desk.orders.invoice(early.order());

        assertThat(objections.of(List.of(invoice, "INV-" + early.order(), "INV-none")))
                .containsOnlyKeys(invoice, "INV-" + early.order());
        assertThat(objections.of(List.of(invoice)).get(invoice)).contains(number, "质量问题");
        desk.complete("assistant1", number, "userTask_answerCustomer", "decision", "withdraw", "comment", "不退了");
        assertThat(objections.of(List.of(invoice))).isEmpty();
    }

    @Test
    void evidenceIsAddedToAnOpenCaseByWhoWorksOnIt() throws Exception { // T1, A5
        String number = desk.apply(desk.delivered(3), ReturnReason.QUALITY, line(0, 1, ReturnOutcome.REFUND));
        assertThat(addFile("admin", number)).isEqualTo(403);
        assertThat(addFile("technical1", "RT-19990101-0001")).isEqualTo(403);
        assertThat(addFile("technical1", number)).isEqualTo(201);
        desk.login.run("assistant1", () -> desk.returns.withdraw(number));
        assertThat(addFile("technical1", number)).isEqualTo(403);
    }

    private int addFile(String user, String caseNumber) throws Exception {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0};
        return mvc.perform(multipart("/api/attachments")
                        .file(new MockMultipartFile("file", "a.png", null, png))
                        .param("caseNumber", caseNumber)
                        .with(httpBasic(user, "demo")))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void evidenceIsTakenOverAndItsDigestIsInTheRecord() throws Exception { // T1, A1
        ReturnsDesk.Sold sold = desk.delivered(3);
        String mine = file("rep1");
        String body = body(OrderDesk.unique("X"), sold.order(), sold.customer(), "0", "1");
        HttpResponse<String> foreign = apply(with(body, file("rep2")));
        assertThat(onlyField(foreign)).isEqualTo("attachments[0]");
        assertThat(jdbc.sql("select count(*) from return_case where order_number = ?")
                        .param(sold.order())
                        .query(Long.class)
                        .single())
                .isZero();

        HttpResponse<String> answer = apply(with(body, mine));
        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode file = json.readTree(answer.body()).get("attachments").get(0);
        assertThat(file.get("id").asText()).isEqualTo(mine);
        String number = json.readTree(answer.body()).get("returnNumber").asText();
        assertThat(jdbc.sql("select facts from decision_record where case_number = ? and step = 'application'")
                        .param(number)
                        .query(String.class)
                        .single())
                .contains("照片.png sha256:" + "a".repeat(64));
    }

    private static String with(String body, String file) {
        return body.replace("\"lines\"", "\"attachments\": [\"" + file + "\"], \"lines\"");
    }

    private String file(String user) {
        String id = java.util.UUID.randomUUID().toString();
        jdbc.sql("insert into attachment (id, file_name, content_type, byte_count, sha256, uploaded_by, uploaded_at,"
                        + " content) values (?, '照片.png', 'image/png', 1, ?, ?, current_timestamp, ?)")
                .params(id, "a".repeat(64), user, new byte[] {1})
                .update();
        return id;
    }

    @Test
    void whatCameBackForItsMoneyMayBeBoughtUnderTheAgreementAgain() { // P5, N2
        String customer = desk.orders.customerOfAnyCredit(com.shunpi.masterdata.Grade.B);
        String product = desk.orders.product(30);
        HttpResponse<String> agreed =
                HttpUser.basic(port, "rep1").post("/api/special-prices", """
                {"customerCode": "%s", "reason": "老客户", "validTo": "2026-12-31",
                 "lines": [{"productCode": "%s", "quantity": "10", "askedPrice": "97"}]}
                """.formatted(customer, product));
        assertThat(agreed.statusCode()).isEqualTo(201);
        String order = desk.orders.delivered(customer, java.util.Map.of(product, 6), "97.00");
        desk.orders.invoice(order);
        assertThat(drawn(product)).isEqualTo(6);

        String number = desk.granted(
                new ReturnsDesk.Sold(customer, order, List.of(product)),
                new ReturnDraft.Line[] {line(0, 2, ReturnOutcome.REFUND)},
                ReturnsDesk.refund("194"));
        desk.receive(number, "2");
        desk.appraise(number, ReturnsDesk.finding("confirmed", false, 2));
        desk.dispose(number, ReturnsDesk.disposition(2, 0, 0, 0));
        desk.credit(number);
        assertThat(drawn(product)).isEqualTo(6);
        desk.verifyRefund("finance2", number, "194.00");
        assertThat(drawn(product)).isEqualTo(4);
    }

    private int drawn(String product) {
        return jdbc.sql("select drawn from price_agreement where product_code = ?")
                .param(product)
                .query(Integer.class)
                .single();
    }

    @Test
    void theTablesSayItOnceMore() { // T3, T4, T6, T8
        ReturnsDesk.Sold sold = desk.delivered(3);
        String number = desk.apply(sold, ReturnReason.QUALITY, line(0, 1, ReturnOutcome.REFUND));
        String approval = "insert into return_approval (return_number, position, round_number, step_number, role_group,"
                + " reasons, terms_digest, state, applicant, proposer, decided_by) values (?, 0, 1, 1, 'sales-manager', 'x',"
                + " 'x', 'APPROVED', 'rep1', 'assistant1', '%s')";
        refuses(number, "return_case_closes_after_warehouse_and_finance", "update return_case set status = 'CLOSED'");
        for (String done : List.of("warehouse_done_at", "finance_done_at")) {
            refuses(
                    number,
                    "return_case_closes_after_warehouse_and_finance",
                    "update return_case set status = 'CLOSED', " + done + " = current_timestamp");
        }
        refuses(
                number,
                "return_case_costs_come_before_approval",
                "update return_case set approved_at = current_timestamp, goods_borne_by = 'COMPANY',"
                        + " outward_borne_by = 'COMPANY', back_borne_by = 'COMPANY'");
        refuses(
                number,
                "return_line_restocks_only_good_goods",
                "update return_line set received = 1, good = 0, restocked = 1");
        refuses(number, "return_line_disposes_of_what_came", "update return_line set received = 1, scrapped = 2");
        refuses(number, "return_line_settles_what_was_asked", "update return_line set settled = 2");
        for (String party : List.of("rep1", "assistant1")) {
            refusesAs(number, "return_approval_has_two_people", approval.formatted(party));
        }
    }

    private void refuses(String returnNumber, String constraint, String update) {
        refusesAs(returnNumber, constraint, update + " where return_number = ?");
    }

    private void refusesAs(String returnNumber, String constraint, String statement) {
        assertThatThrownBy(() -> jdbc.sql(statement).param(returnNumber).update())
                .as(statement)
                .isInstanceOf(DataIntegrityViolationException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).containsIgnoringCase(constraint));
    }

    // ---- at once

    private <T> List<Future<T>> atOnce(List<Callable<T>> works) throws Exception {
        CyclicBarrier start = new CyclicBarrier(works.size());
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<Future<T>> results = new ArrayList<>();
            works.forEach(work -> results.add(threads.submit(() -> {
                start.await();
                return work.call();
            })));
            for (Future<T> result : results) {
                try {
                    result.get();
                } catch (java.util.concurrent.ExecutionException e) {
                    // looked at by whoever asked
                }
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void twoApplicationsForTheSameLastUnitAreOneCase() throws Exception { // T1
        ReturnsDesk.Sold sold = desk.delivered(1);
        List<Callable<Integer>> works = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String body = body(OrderDesk.unique("X"), sold.order(), sold.customer(), "0", "1");
            works.add(() -> apply(body).statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> answer : atOnce(works)) {
            answers.add(answer.get());
        }
        assertThat(answers).containsExactlyInAnyOrder(201, 400, 400, 400);
    }

    @Test
    void theSameApplicationSentAtOnceIsOneCase() throws Exception { // T1
        ReturnsDesk.Sold sold = desk.delivered(5);
        String body = body(OrderDesk.unique("X"), sold.order(), sold.customer(), "0", "1");
        List<Callable<String>> works = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            works.add(() -> {
                HttpResponse<String> answer = apply(body);
                return answer.statusCode() < 300
                        ? json.readTree(answer.body()).get("returnNumber").asText()
                        : answer.body();
            });
        }
        List<String> numbers = new ArrayList<>();
        for (Future<String> number : atOnce(works)) {
            numbers.add(number.get());
        }
        assertThat(numbers).allMatch(number -> number.equals(numbers.get(0)) && number.startsWith("RT-"));
        assertThat(jdbc.sql("select taken from return_ledger where order_number = ?")
                        .param(sold.order())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void goodsDisposedOfTwiceAtOnceAreInStockOnce() throws Exception { // T6
        ReturnsDesk.Sold sold = desk.sold(3);
        String number = desk.granted(
                sold, new ReturnDraft.Line[] {line(0, 2, ReturnOutcome.REFUND)}, ReturnsDesk.refund("200"));
        desk.receive(number, "2");
        desk.appraise(number, ReturnsDesk.finding("confirmed", false, 2));
        int before = stock(sold.products().get(0));
        String task = desk.task(number, "userTask_disposeGoods").getId();
        java.util.Map<String, Object> values = java.util.Map.of(
                "decision", "disposed", "dispositions", "[" + ReturnsDesk.disposition(2, 0, 0, 0) + "]");
        List<Callable<Boolean>> works = List.of(
                () -> {
                    desk.login.run("warehouse1", () -> desk.taskService.complete(task, values));
                    return true;
                },
                () -> {
                    desk.login.run("warehouse2", () -> desk.taskService.complete(task, values));
                    return true;
                });
        atOnce(works);
        assertThat(stock(sold.products().get(0))).isEqualTo(before + 2);
        assertThat(desk.waiting(number)).containsExactly("userTask_prepareCreditNote");
    }

    private int stock(String product) {
        return jdbc.sql("select stock from product where code = ?")
                .param(product)
                .query(Integer.class)
                .single();
    }
}
