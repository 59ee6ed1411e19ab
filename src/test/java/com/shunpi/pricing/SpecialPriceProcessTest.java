package com.shunpi.pricing;

import static com.shunpi.pricing.PriceDesk.input;
import static com.shunpi.pricing.PriceDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.shunpi.FlowCoverage;
import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.DecisionTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The diagram {@code special-price} on the real services and the real table: a test per branch and per end. What an order
 * adds (a request completed by a person) is in OrderReviewProcessTest as well.
 */
@ShunpiTest
@TestInstance(Lifecycle.PER_CLASS)
class SpecialPriceProcessTest {

    @Autowired
    private Login login;

    @Autowired
    private DecisionTables tables;

    @Autowired
    private MasterData masterData;

    @Autowired
    private SpecialPriceActions actions;

    @Autowired
    private SpecialPrices specialPrices;

    @Autowired
    private SpecialPriceProcess process;

    @Autowired
    private TaskService taskService;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private HistoryService historyService;

    @Autowired
    private RepositoryService repositoryService;

    @Autowired
    private DecisionLog decisions;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private FlowCoverage coverage;

    private PriceDesk desk;
    private int testsRun;

    @BeforeEach
    void begin() {
        desk = new PriceDesk(login, masterData, actions, taskService);
        testsRun++;
    }

    @AfterAll
    void everyFlowWasPassed() {
        long tests = Arrays.stream(getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
        if (testsRun == tests) {
            assertThat(coverage.notPassed(repositoryService, "special-price")).isEmpty();
        }
    }

    // ---- P2: who is asked

    @Test
    void withinAuthorityItIsGrantedAtOnceAndRecorded() { // P2, P6
        String number = desk.send("97.00");

        assertEnded(number, "endEvent_granted");
        assertThat(passed(number)).doesNotContain("userTask_approvePrice");
        assertThat(agreements(number)).containsExactly("97.0000 × 10, 2026-11-23–2026-12-31");
        assertThat(decisions.of(number))
                .extracting(Decision::step, Decision::actor)
                .containsExactly(tuple("request", "rep1"));
        assertThat(mails(number))
                .containsExactly("price-decided rep1@demo.shunpi.example", "price-record gm@demo.shunpi.example");
    }

    @Test
    void oneStepAfterTheOtherInTheOrderOfSeniority() { // P2
        String number = desk.send("79.00");

        assertThat(desk.waiting(number)).containsExactly("sales-manager");
        assertThatThrownBy(() -> desk.approve("director", number, "sales-manager"))
                .hasMessageContaining("待办范围");
        desk.approve("manager", number, "sales-manager");
        assertThat(desk.waiting(number)).containsExactly("sales-director");
        desk.approve("director", number, "sales-director");
        assertThat(desk.waiting(number)).containsExactly("general-manager");
        assertThat(agreements(number)).isEmpty();
        desk.approve("gm", number, "general-manager");

        assertEnded(number, "endEvent_granted");
        assertThat(agreements(number)).hasSize(1);
        // decided by himself: nothing to record for him (P6)
        assertThat(mails(number)).containsExactly("price-decided rep1@demo.shunpi.example");
        assertThat(decisions.of(number))
                .extracting(Decision::choice, Decision::actor)
                .containsExactly(
                        tuple("submit", "rep1"),
                        tuple("approve", "manager"),
                        tuple("approve", "director"),
                        tuple("approve", "gm")); // A1
    }

    @Test
    void belowCostTheGeneralManagerAndFinanceSignTogether() { // P2
        String number = belowCostAtTheJointStep();

        assertThat(desk.waiting(number)).containsExactly("finance", "general-manager");
        desk.approve("finance2", number, "finance");
        assertThat(desk.waiting(number)).containsExactly("general-manager");
        assertThat(agreements(number)).isEmpty();
        desk.approve("gm", number, "general-manager");
        assertEnded(number, "endEvent_granted");
    }

    @Test
    void bothSignaturesCountWhenTheyComeAtOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            String number = belowCostAtTheJointStep();
            List<Callable<RuntimeException>> signatures = List.of(
                    attempt("gm", desk.task(number, "general-manager").getId()),
                    attempt("finance1", desk.task(number, "finance").getId()));
            List<RuntimeException> refusals = atOnce(signatures);

            // whoever was slower is told so, and his task is still there
            assertThat(refusals)
                    .filteredOn(refusal -> refusal != null)
                    .allSatisfy(refusal -> assertThat(refusal)
                            .isInstanceOf(RefusedException.class)
                            .hasMessageContaining("他人刚刚"));
            for (String role : desk.waiting(number)) {
                desk.approve(PriceDesk.holder(role), number, role);
            }
            assertEnded(number, "endEvent_granted");
            assertThat(agreements(number)).hasSize(1);
            assertThat(states(number))
                    .filteredOn(state -> state.endsWith("APPROVED"))
                    .hasSize(4);
        }
    }

    @Test
    void oneRefusalInAJointStepIsEnough() {
        String number = belowCostAtTheJointStep();
        desk.complete("finance1", number, "finance", "decision", "reject", "comment", "亏损");

        assertEnded(number, "endEvent_refused");
        assertThat(agreements(number)).isEmpty();
        assertThat(mails(number)).contains("price-record gm@demo.shunpi.example"); // P6
    }

    @Test
    void theOnlyManagerAsksForHimselfSoItGoesOneLevelUp() {
        String customer = desk.customer(Grade.B);
        String product = desk.product();
        SpecialPriceRequest request = login.as("manager", () -> {
            SpecialPriceRequest sent = specialPrices.send(input(customer, line(product, 1, "95.00")), "manager");
            process.start(sent, "客户");
            return sent;
        });
        assertThat(desk.waiting(request.requestNumber())).containsExactly("sales-director");
        assertThat(jdbc.sql("select reasons from special_price_approval where request_number = ?")
                        .param(request.requestNumber())
                        .query(String.class)
                        .single())
                .contains("改由销售总监审批");
    }

    @Test
    void anEditedTableConcernsLaterRequestsAlone() throws Exception { // P2
        String running = desk.send("79.00");
        String edited = Files.readString(Path.of("processes/special-price-level.dmn"))
                .replace("<text>&lt;= 3</text>", "<text>&lt;= 30</text>")
                .replace("<text>&gt; 3</text>", "<text>&gt; 30</text>")
                .replace("<text>&gt; 10</text>", "<text>&gt; 30</text>")
                .replace("<text>&gt; 20</text>", "<text>&gt; 30</text>");
        String deployment = repositoryService
                .createDeployment()
                .addString("processes/special-price-level.dmn", edited)
                .deploy()
                .getId();
        tables.refresh();
        try {
            assertEnded(desk.send("79.00"), "endEvent_granted");

            desk.approve("manager", running, "sales-manager");
            // also new terms of an old request are judged as it was sent
            desk.complete(
                    "director",
                    running,
                    "sales-director",
                    "decision",
                    "counter",
                    "comment",
                    "79.5",
                    "offer",
                    "{\"lines\":[{\"askedPrice\":\"79.50\",\"quantity\":\"10\"}]}");
            desk.complete("rep1", running, "userTask_answerOffer", "decision", "accept");
            assertThat(desk.waiting(running)).containsExactly("general-manager");
        } finally {
            repositoryService.deleteDeployment(deployment, true);
            tables.refresh();
        }
    }

    // ---- counter-offers

    @Test
    void anAcceptedCounterOfferIsNotAskedOfWhoAgreedToItOrToWorse() { // P2
        String number = desk.send("85.00");
        desk.approve("manager", number, "sales-manager");
        desk.complete(
                "director",
                number,
                "sales-director",
                "decision",
                "counter",
                "comment",
                "88",
                "offer",
                offer("88.00", 10));
        assertThat(desk.waiting(number)).containsExactly("userTask_answerOffer");
        desk.complete("assistant1", number, "userTask_answerOffer", "decision", "accept");

        assertEnded(number, "endEvent_granted");
        assertThat(agreements(number)).containsExactly("88.0000 × 10, 2026-11-23–2026-12-31");
        assertThat(states(number))
                .containsExactly(
                        "1 1 sales-manager APPROVED",
                        "1 2 sales-director COUNTERED",
                        "2 1 sales-manager SKIPPED",
                        "2 2 sales-director SKIPPED");
    }

    @Test
    void aCounterOfferThatStillNeedsTheNextLevelIsAskedOfItAlone() {
        String number = desk.send("79.00");
        desk.complete(
                "manager",
                number,
                "sales-manager",
                "decision",
                "counter",
                "comment",
                "少一点",
                "offer",
                "{\"validTo\":\"2026-12-10\",\"lines\":[{\"askedPrice\":\"85.00\",\"quantity\":\"6\"}]}");
        desk.complete("rep1", number, "userTask_answerOffer", "decision", "accept");
        assertThat(desk.waiting(number)).containsExactly("sales-director");
        desk.approve("director", number, "sales-director");
        assertThat(agreements(number)).containsExactly("85.0000 × 6, 2026-11-23–2026-12-10");
        assertThat(mails(number)).contains("price-record gm@demo.shunpi.example");
    }

    @Test
    void anOfferThatIsNoneIsRefused() {
        String number = desk.send("85.00");
        for (String offer : List.of(
                offer("84.99", 10), // better for the customer
                offer("100.00", 10), // the customer's own price
                offer("90.00", 11), // more than was asked
                offer("85.00", 10), // the same
                "{\"lines\":[]}",
                "{\"lines\":[{\"askedPrice\":\"-1\",\"quantity\":\"1\"}]}",
                "{\"validTo\":\"2027-01-01\",\"lines\":[{\"askedPrice\":\"90\",\"quantity\":\"10\"}]}",
                "[]")) {
            assertThatThrownBy(() -> desk.complete(
                            "manager", number, "sales-manager", "decision", "counter", "comment", "x", "offer", offer))
                    .as(offer)
                    .isInstanceOf(RefusedException.class);
        }
        assertThat(desk.waiting(number)).containsExactly("sales-manager");
    }

    @Test
    void anOfferMayBeDeclined() {
        String number = desk.send("85.00");
        desk.complete(
                "manager", number, "sales-manager", "decision", "counter", "comment", "x", "offer", offer("90", 10));
        desk.complete("rep1", number, "userTask_answerOffer", "decision", "withdraw", "comment", "客户不接受");
        assertEnded(number, "endEvent_withdrawn");
        assertThat(agreements(number)).isEmpty();
    }

    // ---- questions

    @Test
    void aQuestionInAJointStepLosesAndDoublesNothing() {
        String number = belowCostAtTheJointStep();
        desk.complete("gm", number, "general-manager", "decision", "ask", "comment", "为什么亏本卖？");
        assertThat(desk.waiting(number)).containsExactly("userTask_supplyInformation");
        desk.complete("rep1", number, "userTask_supplyInformation", "decision", "answer", "comment", "清库存");
        assertThat(desk.waiting(number)).containsExactly("finance", "general-manager");

        // whoever has agreed already is not asked a second time
        desk.approve("finance1", number, "finance");
        desk.complete("gm", number, "general-manager", "decision", "ask", "comment", "还有多少库存？");
        desk.complete("rep1", number, "userTask_supplyInformation", "decision", "answer", "comment", "40 台");
        assertThat(desk.waiting(number)).containsExactly("general-manager");
        desk.approve("gm", number, "general-manager");
        assertEnded(number, "endEvent_granted");
    }

    @Test
    void insteadOfAnAnswerTheRequestMayBeWithdrawn() {
        String number = desk.send("95.00");
        desk.complete("manager", number, "sales-manager", "decision", "ask", "comment", "竞争对手的报价单？");
        assertThatThrownBy(() -> desk.complete("rep1", number, "userTask_supplyInformation", "decision", "answer"))
                .hasMessageContaining("请填写");
        desk.complete("rep1", number, "userTask_supplyInformation", "decision", "withdraw", "comment", "客户不要了");
        assertEnded(number, "endEvent_withdrawn");
    }

    // ---- from Tasklist, and for an order

    @Test
    void aRequestIsEnteredInTasklist() {
        String customer = desk.customer(Grade.B);
        String product = desk.product();
        String json =
                "{\"customerCode\":\"" + customer + "\",\"reason\":\"老客户\",\"validTo\":\"2026-12-01\",\"lines\":[{"
                        + "\"productCode\":\"" + product + "\",\"quantity\":5,\"unitPrice\":\"95\"}]}";
        String instance = login.as(
                "rep1",
                () -> runtimeService
                        .startProcessInstanceByKey("special-price", Map.of("request", json))
                        .getId());
        String number = runtimeService
                .createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getBusinessKey();
        assertThat(number).matches("SP-\\d{8}-\\d{4,}");
        assertThat(desk.waiting(number)).containsExactly("sales-manager");
        assertThat(runtimeService.getVariables(instance))
                .containsEntry("documentNumber", number)
                .containsEntry("amount", "475.00")
                .doesNotContainKey("request");
    }

    @Test
    void whatAnOrderOpenedIsCompletedAndSentByAPerson() {
        String number = draft();
        assertThat(desk.waiting(number)).containsExactly("userTask_submitRequest");
        assertThatThrownBy(() -> desk.complete(
                        "rep1",
                        number,
                        "userTask_submitRequest",
                        "decision",
                        "submit",
                        "request",
                        "{\"validFrom\":\"2026-11-24\",\"validTo\":\"2026-12-01\"}"))
                .hasMessageContaining("缺少理由")
                .hasMessageContaining("生效日期应为今天");
        desk.complete(
                "rep1",
                number,
                "userTask_submitRequest",
                "decision",
                "submit",
                "request",
                "{\"reason\":\"首单\",\"validTo\":\"2026-12-01\"}");
        assertThat(desk.waiting(number)).containsExactly("sales-manager");
    }

    @Test
    void whatAnOrderOpenedMayBeWithdrawn() {
        String number = draft();
        desk.complete("rep1", number, "userTask_submitRequest", "decision", "withdraw", "comment", "录错价格");
        assertEnded(number, "endEvent_notSent");
        assertThat(agreements(number)).isEmpty();
    }

    @Test
    void whatIsAskedForAlreadyIsNotAskedAgain() { // R5
        String customer = desk.customer(Grade.B);
        String product = desk.product();
        String pending = desk.send(input(customer, line(product, 5, "95.00")));
        String joined = draft(customer, product);
        assertThat(desk.waiting(joined)).isEmpty();
        assertThat(passed(joined)).contains("receiveTask_awaitSameRequest");
        assertThat(decisions.of(joined)).extracting(Decision::step).containsExactly("join");

        desk.approve("manager", pending, "sales-manager");
        assertEnded(joined, "endEvent_joined");
        assertThat(agreements(joined)).isEmpty();
    }

    /** Whatever the table says or leaves out: below cost, and where it says nothing that can be read (P2). */
    @Test
    void whatTheTableMustNotDecideItDoesNot() throws Exception {
        String table = Files.readString(Path.of("processes/special-price-level.dmn"));
        // nobody is asked about anything up to 60 %, and nothing is said beyond
        String edited = table.replace("<text>&lt;= 3</text>", "<text>&lt;= 60</text>")
                .replaceAll("<text>&gt; (3|10|20|5)</text>", "<text>&gt; 99</text>")
                .replaceAll("<text>&lt; (20|12|5)</text>", "<text>&lt; -9999</text>")
                .replace("<text>true</text>", "<text>not(true, false)</text>");
        underTable(edited, () -> {
            assertEnded(desk.send("60.00"), "endEvent_granted");
            String belowCost = desk.send("45.00");
            assertThat(desk.waiting(belowCost)).containsExactly("finance", "general-manager");
            assertThat(reasons(belowCost)).contains("低于成本价，总经理和财务会签");
            String gap =
                    desk.send(input(desk.customer(Grade.B), line(desk.product("100.0000", "1.0000"), 10, "30.00")));
            assertThat(desk.waiting(gap)).containsExactly("finance", "general-manager");
            assertThat(reasons(gap)).contains("决策表没有规定这种情况");
        });
        underTable(table.replace("\"sales-manager\"", "\"sales-boss\""), () -> {
            String unknown = desk.send("90.00");
            assertThat(desk.waiting(unknown)).containsExactly("finance", "general-manager");
            assertThat(reasons(unknown)).contains("未知的审批人：sales-boss");
        });
        // below cost one signature alone is not enough, whatever the row says
        underTable(table.replace("\"general-manager &amp; finance\"", "\"general-manager\""), () -> {
            String belowCost = belowCostAtTheJointStep();
            assertThat(desk.waiting(belowCost)).containsExactly("finance", "general-manager");
        });
        // who signs jointly is not asked alone as well
        underTable(table.replace("\"sales-director\"", "\"finance\""), () -> {
            String belowCost = desk.send("45.00");
            desk.approve("manager", belowCost, "sales-manager");
            assertThat(desk.waiting(belowCost)).containsExactly("finance", "general-manager");
        });
    }

    private void underTable(String table, Runnable work) {
        String deployment = repositoryService
                .createDeployment()
                .addString("processes/special-price-level.dmn", table)
                .deploy()
                .getId();
        tables.refresh();
        try {
            work.run();
        } finally {
            repositoryService.deleteDeployment(deployment, true);
            tables.refresh();
        }
    }

    private String reasons(String number) {
        return jdbc.sql("select reasons from special_price_approval where request_number = ? order by position")
                .param(number)
                .query(String.class)
                .list()
                .toString();
    }

    // ----

    private String draft() {
        return draft(desk.customer(Grade.B), desk.product());
    }

    private String draft(String customer, String product) {
        return login.as("assistant1", () -> {
            var list = new java.math.BigDecimal("100.0000");
            String number = specialPrices.open(
                    PriceDesk.unique("SO-T"),
                    customer,
                    List.of(new PricedLine(product, 1, list, list, new java.math.BigDecimal("95.0000"))),
                    "assistant1");
            process.start(loaded(number), "客户");
            return number;
        });
    }

    private SpecialPriceRequest loaded(String number) {
        return transaction.execute(status -> {
            SpecialPriceRequest request = specialPrices.request(number);
            request.lines();
            return request;
        });
    }

    /** 45.00 for what cost 50.00: manager and director have agreed. */
    private String belowCostAtTheJointStep() {
        String number = desk.send("45.00");
        desk.approve("manager", number, "sales-manager");
        desk.approve("director", number, "sales-director");
        return number;
    }

    private static String offer(String price, int quantity) {
        return "{\"lines\":[{\"askedPrice\":\"" + price + "\",\"quantity\":\"" + quantity + "\"}]}";
    }

    private Callable<RuntimeException> attempt(String user, String task) {
        return () -> {
            try {
                desk.complete(user, task, new String[] {"decision", "approve"});
                return null;
            } catch (RuntimeException e) {
                return e;
            }
        };
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        CyclicBarrier start = new CyclicBarrier(work.size());
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> one : work) {
                running.add(threads.submit(() -> {
                    start.await();
                    return one.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertEnded(String number, String end) {
        assertThat(desk.waiting(number)).isEmpty();
        assertThat(passed(number)).contains(end);
        assertThat(runtimeService
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .count())
                .isZero();
    }

    private List<String> passed(String number) {
        String instance = historyService
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
        return historyService.createHistoricActivityInstanceQuery().processInstanceId(instance).list().stream()
                .map(activity -> activity.getActivityId())
                .toList();
    }

    private List<String> agreements(String number) {
        return jdbc.sql("select floor_price, quantity, valid_from, valid_to from price_agreement"
                        + " where request_number = ? order by id")
                .param(number)
                .query((row, index) -> row.getBigDecimal(1).toPlainString() + " × " + row.getInt(2) + ", "
                        + row.getDate(3) + "–" + row.getDate(4))
                .list();
    }

    private List<String> states(String number) {
        return jdbc.sql("select round_number || ' ' || step_number || ' ' || role_group || ' ' || state"
                        + " from special_price_approval where request_number = ? order by position")
                .param(number)
                .query(String.class)
                .list();
    }

    private List<String> mails(String number) {
        return jdbc.sql("select template || ' ' || recipient from mail_outbox where case_number = ? order by id")
                .param(number)
                .query(String.class)
                .list();
    }
}
