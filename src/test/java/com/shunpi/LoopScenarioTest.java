package com.shunpi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.calendar.WorkingDays;
import com.shunpi.collection.CollectionRuns;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Stock;
import com.shunpi.notification.SwitchableMailServer;
import com.shunpi.order.OrderDesk;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Receivables;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * N9: one loop around one customer, over the outer surface alone: what was promised for a special price, what was sold at
 * it, what came back, what was owed, what was promised and not paid, and what all that does to his next orders.
 */
@ShunpiTest
class LoopScenarioTest {

    /** A Tuesday, fifteen days after the tests' clock starts and the goods are sold. */
    private static final LocalDate DUE = LocalDate.of(2026, 12, 8);

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Stock stock;

    @Autowired
    private Receivables receivables;

    @Autowired
    private HistoryService historyService;

    @Autowired
    private DecisionLog decisions;

    @Autowired
    private SwitchableMailServer mailServer;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    @Autowired
    private ApplicationContext application;

    private final ObjectMapper json = new ObjectMapper();

    private String customer;
    private String special;
    private String ordinary;

    @BeforeEach
    void begin() {
        customer = customer(PaymentTerms.CREDIT);
        special = desk.product(100);
        ordinary = desk.product(100);
    }

    @AfterEach
    void mailIsKeptAgain() {
        mailServer.isGone();
    }

    @Test
    void oneLoopAroundTheCustomer() {
        // process 4: forty at 90.00 are agreed to, since a hundred are promised (P1, P5)
        String request = askForPrice("90.00", 40, 100);
        assertThat(desk.steps(request)).containsExactly("userTask_approvePrice");
        assertThat(agreement(request)).isEmpty();
        desk.complete("manager", request, "userTask_approvePrice", "decision", "approve");
        assertThat(agreement(request)).containsExactly("40 agreed, 0 drawn");

        // process 1: an order draws ten of them and asks for nothing (N2); another one needs no agreement
        String order = sold(special, 10, "90.00");
        assertThat(passed(order)).contains("serviceTask_releaseOrder").doesNotContain("callActivity_specialPrice");
        assertThat(requestsOf(order)).isZero();
        assertThat(agreement(request)).containsExactly("40 agreed, 10 drawn");
        assertThat(ledger(request)).containsExactly(order + " 10 null");
        String other = sold(ordinary, 20, "100.00");
        assertThat(agreement(request)).containsExactly("40 agreed, 10 drawn");
        String objected = invoiceOf(order);
        String undisputed = invoiceOf(other);
        assertThat(invoice(objected).open()).isEqualByComparingTo("900.00");
        assertThat(invoice(undisputed).dueDate()).isEqualTo(DUE);

        // process 5: the rep hears before, the customer on the day, and the day after somebody is to call (C1–C3)
        assertThat(run(DUE.minusDays(1))).isEqualTo(2);
        assertThat(cases()).isEmpty();
        assertThat(run(DUE)).isEqualTo(2);
        String debt = openCase();
        assertThat(cases()).containsExactly(debt + " OPEN NONE");
        assertThat(desk.steps(debt)).isEmpty();
        assertThat(run(DUE.plusDays(1))).isEqualTo(2);
        assertThat(cases()).containsExactly(debt + " OPEN CALL");
        assertThat(desk.steps(debt)).containsExactly("userTask_callCustomer");
        assertThat(items(debt)).containsExactlyInAnyOrder(objected, undisputed);

        // process 3: with both invoices under a return nobody has to call; where one return goes, its invoice comes
        // back (C7)
        String returned = applyForReturn(order, 2, "quality");
        assertThat(desk.steps(debt)).containsExactly("userTask_callCustomer");
        String unwanted = applyForReturn(other, 1, "not-wanted");
        assertThat(desk.steps(debt)).isEmpty();
        desk.complete("assistant1", unwanted, "userTask_answerCustomer", "decision", "withdraw", "comment", "客户决定留下");
        assertThat(desk.steps(debt)).containsExactly("userTask_callCustomer");
        assertThat(desk.steps(returned)).containsExactly("userTask_answerCustomer");

        // he promises and does not pay: it goes one level up, and counts against him (C5)
        promise("2026-12-10", "2000.00");
        assertThat(run(LocalDate.of(2026, 12, 10))).isZero();
        assertThat(promises(debt)).containsExactly("OPEN");
        assertThat(reviewedOrder(customer, ordinary, 1, "100.00").holds()).isEmpty(); // not held before it is broken
        run(LocalDate.of(2026, 12, 11));
        assertThat(promises(debt)).containsExactly("BROKEN");
        assertThat(desk.steps(debt)).containsExactly("userTask_followUpAsManager");
        assertThat(passed(debt)).contains("message_stepChanged");

        // C8: his next order on credit is held for that reason and no other, and takes nothing of stock or agreement
        Reviewed held = reviewedOrder(customer, special, 5, "90.00");
        assertThat(held.holds()).singleElement().asString().contains("account").contains(debt);
        assertThat(held.holds().get(0)).contains("1 次未兑现");
        assertThat(desk.steps(held.number())).containsExactly("userTask_releaseHold");
        assertThat(agreement(request)).containsExactly("40 agreed, 10 drawn");
        assertThat(stock.available(List.of(special))).containsEntry(special, 90);
        // prepaid goods pass when they are paid, and nobody else is held (C8, R4)
        String prepaid = customer(PaymentTerms.PREPAID);
        Reviewed paidFirst = reviewedOrder(prepaid, ordinary, 1, "100.00");
        assertThat(paidFirst.holds()).singleElement().asString().contains("payment");
        pay(prepaid, null, paidFirst.number(), "100.00");
        assertThat(desk.steps(paidFirst.number())).containsExactly("userTask_verifyDocument");
        Reviewed elsewhere = reviewedOrder(customer(PaymentTerms.CREDIT), ordinary, 1, "100.00");
        assertThat(elsewhere.holds()).isEmpty();

        // a week later the letter waits in the outbox, for the one invoice alone (C3, C7)
        mailServer.listensOn(1);
        assertThat(run(LocalDate.of(2026, 12, 16))).isEqualTo(1);
        assertThat(stages(undisputed)).containsExactly(0, 1, 2, 3);
        assertThat(stages(objected)).containsExactly(0, 1, 2);
        assertThat(desk.steps(debt)).containsExactly("userTask_decideShipment"); // raised once for the broken promise
        assertThat(waitingLetters()).singleElement().asString().contains("2000.00");
        mailServer.isGone();

        // the money comes: case, letter and hold are gone in that one transaction (C6, N9)
        String reference = pay(customer, null, null, "2900.00");
        assertThat(cases()).containsExactly(debt + " PAID NONE");
        assertThat(desk.steps(debt)).isEmpty();
        assertThat(isEnded(debt)).isTrue();
        assertThat(passed(debt))
                .contains("endEvent_paid")
                .doesNotContain("endEvent_writtenOff", "serviceTask_writeOff");
        assertThat(promises(debt)).containsExactly("BROKEN"); // it was broken all the same
        assertThat(waitingLetters()).isEmpty();
        assertThat(desk.steps(held.number())).containsExactly("userTask_verifyDocument");
        assertThat(holds(held.number())).isEmpty();
        assertThat(decisions.of(held.number()))
                .extracting(Decision::step)
                .doesNotContain("userTask_releaseHold"); // nobody had to release it
        // the same receipt again does nothing more
        assertThat(send("finance1", "/api/payments", receipt(reference, customer, null, null, "2900.00"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(run(LocalDate.of(2026, 12, 17))).isZero();
        desk.verify(held.number());
        desk.ship(held.number());
        assertThat(agreement(request)).containsExactly("40 agreed, 15 drawn");

        // the return is still its own matter: what is refunded is free again at the agreed price (T7, N2)
        assertThat(desk.steps(returned)).containsExactly("userTask_answerCustomer");
        refund(returned, 2, "180.00");
        assertThat(agreement(request)).containsExactly("40 agreed, 13 drawn");
        assertThat(ledger(request))
                .containsExactly(order + " 10 null", held.number() + " 5 null", order + " -2 " + returned);
        assertThat(stock.available(List.of(special))).containsEntry(special, 87);
        assertThat(desk.steps(returned)).containsExactly("userTask_payBack"); // it was paid already
        desk.complete(
                "finance1",
                returned,
                "userTask_payBack",
                "decision",
                "paid",
                "bankReference",
                OrderDesk.unique("OUT"),
                "paidOn",
                "2026-12-17");
        desk.complete("assistant1", returned, "userTask_closeReturn", "decision", "close");
        assertThat(isEnded(returned)).isTrue();
        assertThat(passed(returned)).contains("endEvent_closed").doesNotContain("callActivity_shipGoods");
        // and asks for no money: the case stays closed, none opens, no letter goes
        assertThat(run(LocalDate.of(2026, 12, 18))).isZero();
        assertThat(cases()).hasSize(1);
        assertThat(stages(objected)).containsExactly(0, 1, 2);
        assertThat(jdbc.sql("select count(*) from return_case where customer_code = ? and status = 'CLOSED'")
                        .param(customer)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);

        // and round: who is asked for the next special price sees that 13 came of the 100 that were promised
        String next = askForPrice("85.00", 50, 200);
        JsonNode promised = get("manager", "/api/special-prices/" + next).get("promises");
        assertThat(promised).hasSize(1);
        assertThat(promised.get(0).get("requestNumber").asText()).isEqualTo(request);
        assertThat(promised.get(0).get("expectedVolume").asInt()).isEqualTo(100);
        assertThat(promised.get(0).get("quantity").asInt()).isEqualTo(40);
        assertThat(promised.get(0).get("drawn").asInt()).isEqualTo(13);
        assertThat(agreement(next)).isEmpty();
    }

    @Test
    void whatIsLeftAfterTheRefundIsAskedForAgain() { // C7, T7, N9
        String request = askForPrice("90.00", 40, 100);
        desk.complete("manager", request, "userTask_approvePrice", "decision", "approve");
        String order = sold(special, 10, "90.00");
        String invoice = invoiceOf(order);
        run(DUE.plusDays(1));
        String debt = openCase();
        String returned = applyForReturn(order, 2, "quality");
        assertThat(desk.steps(debt)).isEmpty();
        assertThat(run(DUE.plusDays(8))).isZero();
        assertThat(stages(invoice)).containsExactly(2);

        refund(returned, 2, "180.00");

        assertThat(invoice(invoice).open()).isEqualByComparingTo("720.00");
        assertThat(agreement(request)).containsExactly("40 agreed, 8 drawn");
        assertThat(desk.steps(returned)).containsExactly("userTask_closeReturn"); // nothing to pay back
        // while the return is open its invoice rests; with it closed the rest is asked for at once, by whose turn it is
        assertThat(desk.steps(debt)).isEmpty();
        desk.complete("assistant1", returned, "userTask_closeReturn", "decision", "close");
        assertThat(cases()).containsExactly(debt + " OPEN MANAGER");
        assertThat(desk.steps(debt)).containsExactly("userTask_followUpAsManager");
        assertThat(run(DUE.plusDays(9))).isEqualTo(1);
        assertThat(stages(invoice)).containsExactly(2, 3);
        assertThat(jdbc.sql("select amount from collection_action where invoice_number = ? and stage = 3")
                        .param(invoice)
                        .query(BigDecimal.class)
                        .single())
                .isEqualByComparingTo("720.00");

        pay(customer, invoice, null, "720.00");
        assertThat(isEnded(debt)).isTrue();
        assertThat(passed(debt)).contains("endEvent_paid");
        assertThat(cases()).containsExactly(debt + " PAID NONE");
    }

    // ---- what people do

    private String customer(PaymentTerms terms) {
        String code = OrderDesk.unique("LC");
        masterData.saveCustomers(List.of(new Customer.Facts(
                code,
                "客户 " + code,
                Grade.B,
                new BigDecimal("1.0000"),
                terms,
                new BigDecimal("100000.00"),
                15,
                "李四",
                "021-5550188",
                code.toLowerCase() + "@example.com",
                "上海市测试路 9 号",
                "rep1",
                "华东",
                null)));
        return code;
    }

    private String askForPrice(String price, int quantity, int promised) {
        return created(
                "rep1",
                "/api/special-prices",
                Map.of(
                        "customerCode",
                        customer,
                        "reason",
                        "竞争对手报价更低",
                        "competitor",
                        "某品牌",
                        "validTo",
                        "2026-12-31",
                        "expectedVolume",
                        String.valueOf(promised),
                        "lines",
                        lines(special, quantity, "askedPrice", price)),
                "requestNumber");
    }

    private static List<Map<String, Object>> lines(String product, int quantity, String price, String value) {
        return List.of(Map.of("productCode", product, "quantity", String.valueOf(quantity), price, value));
    }

    /** @param holds {@code reason: detail} */
    private record Reviewed(String number, List<String> holds) {}

    private Reviewed reviewedOrder(String buyer, String product, int quantity, String price) {
        String number = created(
                "assistant1",
                "/api/orders",
                Map.of(
                        "source", "loop",
                        "externalNumber", OrderDesk.unique("E"),
                        "customerCode", buyer,
                        "requiredDate", "2026-12-25",
                        "deliveryMode", "快递",
                        "consignee", "李四",
                        "phone", "021-5550188",
                        "address", "上海市测试路 9 号",
                        "orderedAt", clock.instant().toString(),
                        "lines", lines(product, quantity, "unitPrice", price)),
                "orderNumber");
        desk.review(number);
        return new Reviewed(number, holds(number));
    }

    private List<String> holds(String order) {
        List<String> holds = new ArrayList<>();
        get("assistant1", "/api/orders/" + order)
                .get("holds")
                .forEach(hold -> holds.add(
                        hold.get("reason").asText() + ": " + hold.get("detail").asText()));
        return holds;
    }

    /** Ordered, released, shipped and invoiced. */
    private String sold(String product, int quantity, String price) {
        Reviewed order = reviewedOrder(customer, product, quantity, price);
        assertThat(order.holds()).isEmpty();
        desk.verify(order.number());
        desk.ship(order.number());
        desk.invoice(order.number());
        return order.number();
    }

    private String applyForReturn(String order, int quantity, String reason) {
        return created(
                "rep1",
                "/api/returns",
                Map.of(
                        "source",
                        "loop",
                        "externalNumber",
                        OrderDesk.unique("R"),
                        "orderNumber",
                        order,
                        "customerCode",
                        customer,
                        "reason",
                        reason,
                        "description",
                        "通电后无输出",
                        "lines",
                        List.of(Map.of("lineNumber", "0", "quantity", String.valueOf(quantity), "outcome", "refund"))),
                "returnNumber");
    }

    private void refund(String number, int quantity, String amount) {
        desk.complete("assistant1", number, "userTask_answerCustomer", "decision", "accept");
        desk.complete(
                "assistant1",
                number,
                "userTask_proposeSolution",
                "decision",
                "propose",
                "solution",
                text(Map.of(
                        "text", "退款",
                        "goodsBorneBy", "company",
                        "outwardBorneBy", "company",
                        "backBorneBy", "carrier",
                        "repairBorneBy", "none",
                        "cause", "电源板虚焊",
                        "responsible", "manufacturer",
                        "correctiveAction", "来料加严检验",
                        "lines", List.of(Map.of("outcome", "refund", "refundAmount", amount)))));
        desk.complete("manager", number, "userTask_approveReturn", "decision", "approve");
        desk.complete(
                "warehouse1",
                number,
                "userTask_receiveGoods",
                "decision",
                "received",
                "counts",
                text(List.of(String.valueOf(quantity))));
        desk.complete(
                "technical1",
                number,
                "userTask_appraiseGoods",
                "decision",
                "appraised",
                "findings",
                text(List.of(Map.of("verdict", "confirmed", "repairable", false, "good", String.valueOf(quantity)))));
        desk.complete(
                "warehouse1",
                number,
                "userTask_disposeGoods",
                "decision",
                "disposed",
                "dispositions",
                text(List.of(Map.of(
                        "restock", String.valueOf(quantity), "scrap", "0", "toRepair", "0", "toManufacturer", "0"))));
        desk.complete(
                "finance1",
                number,
                "userTask_prepareCreditNote",
                "decision",
                "credit",
                "creditNoteNumber",
                "CN-" + number,
                "refundAccount",
                "6222 0210 0111");
        desk.complete(
                "finance2",
                number,
                "userTask_verifyInvoice",
                "decision",
                "agree",
                "keyed",
                text(Map.of("account", "622202100111", "amount", amount)));
    }

    private void promise(String on, String amount) {
        HttpResponse<String> answer = send(
                "rep1",
                "/api/collection/customers/" + customer + "/contacts",
                Map.of("person", "李四", "means", "phone", "said", "明天付清", "promisedOn", on, "promisedAmount", amount));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private String pay(String payer, String invoice, String order, String amount) {
        String reference = OrderDesk.unique("B");
        HttpResponse<String> answer =
                send("finance1", "/api/payments", receipt(reference, payer, invoice, order, amount));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return reference;
    }

    private Map<String, Object> receipt(String reference, String payer, String invoice, String order, String amount) {
        Map<String, Object> receipt = new HashMap<>(Map.of(
                "bankReference",
                reference,
                "customerCode",
                payer,
                "amount",
                amount,
                "receivedOn",
                today().toString(),
                "payer",
                "客户",
                "bank",
                "工行"));
        receipt.put("invoiceNumber", invoice);
        receipt.put("orderNumber", order);
        return receipt;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), WorkingDays.ZONE);
    }

    /** That day's collection run at nine, for this customer. */
    private int run(LocalDate day) {
        clock.set(day.atTime(LocalTime.of(9, 0)).atZone(WorkingDays.ZONE).toInstant());
        return CollectionRuns.act(application, customer, day);
    }

    // ---- over HTTP

    private String created(String user, String path, Map<String, Object> body, String number) {
        HttpResponse<String> answer = send(user, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return read(answer).get(number).asText();
    }

    private HttpResponse<String> send(String user, String path, Map<String, Object> body) {
        return HttpUser.basic(port, user).post(path, text(body));
    }

    private JsonNode get(String user, String path) {
        HttpResponse<String> answer = HttpUser.basic(port, user).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer);
    }

    private JsonNode read(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- what is kept

    private List<String> rows(String sql, Object... parameters) {
        return jdbc.sql(sql)
                .params(parameters)
                .query((row, number) -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        text.append(i == 1 ? "" : " ").append(row.getString(i));
                    }
                    return text.toString();
                })
                .list();
    }

    private List<String> agreement(String request) {
        return rows(
                "select quantity || ' agreed, ' || drawn || ' drawn' from price_agreement where request_number = ?",
                request);
    }

    private List<String> ledger(String request) {
        return rows(
                "select e.document_number, e.quantity, e.case_number from price_agreement_entry e"
                        + " join price_agreement a on a.id = e.agreement_id where a.request_number = ? order by e.id",
                request);
    }

    private int requestsOf(String order) {
        return rows("select request_number from special_price_request where order_number = ?", order)
                .size();
    }

    private List<String> cases() {
        return rows(
                "select case_number, status, step from collection_case where customer_code = ? order by case_number",
                customer);
    }

    private String openCase() {
        return rows("select case_number from collection_case where open_customer = ?", customer)
                .get(0);
    }

    private List<String> items(String debt) {
        return rows("select invoice_number from collection_item where case_number = ?", debt);
    }

    private List<Integer> stages(String invoice) {
        return jdbc.sql("select stage from collection_action where invoice_number = ? order by stage")
                .param(invoice)
                .query(Integer.class)
                .list();
    }

    private List<String> promises(String debt) {
        return rows("select state from collection_promise where case_number = ? order by id", debt);
    }

    private List<String> waitingLetters() {
        String event = "collection/" + customer;
        return rows(
                "select subject from mail_outbox where left(event, ?) = ? and status = 'queued' order by id",
                event.length(),
                event);
    }

    private String invoiceOf(String order) {
        return receivables.invoiceOf(order).orElseThrow().invoiceNumber();
    }

    private Invoice invoice(String number) {
        return receivables.invoices(List.of(number)).get(number);
    }

    // ---- where the tokens were

    private List<String> passed(String document) {
        return historyService
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance(document).getId())
                .finished()
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .distinct()
                .toList();
    }

    private boolean isEnded(String document) {
        return instance(document).getEndTime() != null;
    }

    private HistoricProcessInstance instance(String document) {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(document)
                .rootProcessInstances()
                .singleResult();
    }
}
