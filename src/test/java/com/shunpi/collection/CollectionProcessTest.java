package com.shunpi.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.shunpi.FlowCoverage;
import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.monitoring.Reader;
import com.shunpi.notification.SwitchableMailServer;
import com.shunpi.order.OrderDesk;
import com.shunpi.receivables.CreditConcerns;
import com.shunpi.receivables.CreditNotes;
import com.shunpi.receivables.InvoiceObjections;
import com.shunpi.receivables.Receivables;
import com.shunpi.shared.FieldReader;
import com.shunpi.shared.RefusedException;
import com.shunpi.workflow.DecisionTables;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The diagram {@code collection} on the real services and tables: a test per branch and per end (C1–C8, C10). */
@ShunpiTest
@TestInstance(Lifecycle.PER_CLASS)
class CollectionProcessTest {

    /** A Monday. */
    private static final LocalDate DUE = LocalDate.of(2026, 11, 23);

    @Autowired
    private AutowireCapableBeanFactory factory;

    @Autowired
    private Login login;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Autowired
    private CollectionService collection;

    @Autowired
    private CollectionActions actions;

    @Autowired
    private Dunning dunning;

    @Autowired
    private JdbcTemplate jdbcTemplate;

    @Autowired
    private CreditConcerns concerns;

    @Autowired
    private TaskService taskService;

    @Autowired
    private HistoryService historyService;

    @Autowired
    private RepositoryService repositoryService;

    @Autowired
    private DecisionTables tables;

    @Autowired
    private CreditNotes creditNotes;

    @Autowired
    private ManagementService managementService;

    @Autowired
    private DecisionLog decisions;

    @Autowired
    private SwitchableMailServer mailServer;

    @Autowired
    private OrderDesk orders;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    @Autowired
    private FlowCoverage coverage;

    private CollectionDesk desk;
    private String customer;
    private int testsRun;

    @BeforeEach
    void begin() {
        desk = new CollectionDesk(login, masterData, receivables, collection, taskService, historyService, jdbc, clock);
        customer = desk.customer();
        testsRun++;
    }

    @AfterAll
    void everyFlowWasPassed() {
        long tests = Arrays.stream(getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
        if (testsRun >= tests) {
            assertThat(coverage.notPassed(repositoryService, "collection")).isEmpty();
        }
    }

    private ContactInput.Read contact(String said, String promisedOn, String amount) {
        FieldReader reader = new FieldReader();
        ContactInput.Read read =
                new ContactInput(null, "李四", "phone", said, promisedOn, amount).read(reader, collection.today(), 90);
        reader.check();
        return read;
    }

    private void contact(String user, String said, String promisedOn, String amount) {
        login.run(user, () -> actions.contact(customer, contact(said, promisedOn, amount)));
    }

    private String overdue(int days) {
        String invoice = desk.invoice(customer, "1000.00", DUE);
        desk.run(customer, DUE.plusDays(days));
        return invoice;
    }

    private String caseNumber() {
        return desk.open(customer);
    }

    // ---- C2, C3: what comes when

    @Test
    void onTheLastWorkingDayBeforeTheDueDateTheRepIsRemindedOnce() { // C2
        LocalDate friday = DUE.minusDays(3);
        String invoice = desk.invoice(customer, "1000.00", DUE);
        String later = desk.invoice(customer, "500.00", DUE.plusDays(1));

        assertThat(desk.run(customer, friday.minusDays(1))).isZero();
        assertThat(desk.run(customer, friday)).isEqualTo(1);
        assertThat(desk.run(customer, friday)).isZero();

        assertThat(desk.mails("collection/" + customer))
                .containsExactly("collection-reminder rep1@demo.shunpi.example");
        assertThat(desk.actions(invoice)).containsExactly("0:NONE:NONE");
        assertThat(desk.actions(later)).isEmpty();
        assertThat(caseNumber()).isNull();
    }

    @Test
    void nobodyIsRemindedOfWhatIsDisputedOrTooSmall() { // C2, C3, C7
        String disputed = desk.invoice(customer, "100.00", DUE);
        receivables.dispute(disputed, true);
        String small = desk.invoice(customer, "4.99", DUE);
        assertThat(desk.run(customer, DUE.minusDays(3))).isZero();
        assertThat(desk.actions(disputed)).isEmpty();
        assertThat(desk.actions(small)).isEmpty();
    }

    @Test
    void whoOwesLittleInAllIsLeftAlone() throws java.io.IOException { // C3
        String table = Files.readString(Path.of("processes/collection-stages.dmn"));
        int balance = table.lastIndexOf("<text>5</text>");
        String deployment = repositoryService
                .createDeployment()
                .addString(
                        "processes/collection-stages.dmn",
                        table.substring(0, balance)
                                + "<text>20</text>"
                                + table.substring(balance + "<text>5</text>".length()))
                .deploy()
                .getId();
        tables.refresh();
        try {
            desk.invoice(customer, "9.99", DUE);
            desk.invoice(customer, "10.00", DUE);
            assertThat(desk.run(customer, DUE.plusDays(1))).isZero();
            desk.invoice(customer, "5.00", DUE);
            assertThat(desk.run(customer, DUE.plusDays(1))).isEqualTo(3);
        } finally {
            repositoryService.deleteDeployment(deployment, true);
            tables.refresh();
        }
    }

    @Test
    void beforeAHolidayTheReminderComesOnTheLastWorkingDay() { // C2, A9: National Day 2026 is 1–7 October
        desk.invoice(customer, "1000.00", LocalDate.of(2026, 10, 5));
        assertThat(desk.run(customer, LocalDate.of(2026, 9, 29))).isZero();
        assertThat(desk.run(customer, LocalDate.of(2026, 9, 30))).isEqualTo(1);
    }

    @Test
    void onTheDueDateTheCustomerIsTold() { // C3
        String invoice = overdue(0);

        assertThat(desk.actions(invoice)).containsExactly("1:DUE:NONE");
        assertThat(desk.mails("collection/" + customer))
                .containsExactly("collection-due " + customer.toLowerCase() + "@example.com");
        assertThat(desk.steps(caseNumber())).isEmpty();
        assertThat(concern()).isEmpty();
    }

    /** C3: the boundaries of the table, each on a day that is a working day. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-24, 1, 2:NONE:CALL, userTask_callCustomer, false",
        "2026-11-30, 7, 2:NONE:CALL, userTask_callCustomer, false",
        "2026-12-01, 8, 3:OVERDUE:MANAGER, userTask_followUpAsManager, false",
        "2026-12-23, 30, 3:OVERDUE:MANAGER, userTask_followUpAsManager, false",
        "2026-12-24, 31, 4:OVERDUE:DIRECTOR, userTask_decideShipment, true",
        "2027-01-22, 60, 4:OVERDUE:DIRECTOR, userTask_decideShipment, true",
        "2027-01-25, 63, 5:OVERDUE:GENERAL_MANAGER, userTask_decideLegal, true"
    })
    void eachAgeHasItsStage(LocalDate day, int daysOverdue, String action, String step, boolean hold) {
        String invoice = overdue(daysOverdue);
        assertThat(LocalDate.ofInstant(clock.instant(), com.shunpi.calendar.WorkingDays.ZONE))
                .isEqualTo(day);
        assertThat(desk.actions(invoice)).containsExactly(action);
        assertThat(desk.steps(caseNumber())).containsExactly(step);
        assertThat(concern().isPresent()).isEqualTo(hold); // C8
    }

    @Test
    void theCaseGoesThroughAllHandsToTheLawyersAndEndsWhenPaid() { // C3
        String invoice = overdue(1);
        String number = caseNumber();
        assertThat(number).startsWith("CF-");
        desk.complete(
                "rep1",
                number,
                "userTask_callCustomer",
                "decision",
                "contacted",
                "comment",
                "下周付",
                "person",
                "李四",
                "means",
                "phone");
        assertThat(desk.steps(number)).isEmpty();

        desk.run(customer, DUE.plusDays(8));
        desk.complete("manager", number, "userTask_followUpAsManager", "decision", "handled", "comment", "已去电");
        desk.run(customer, DUE.plusDays(31));
        desk.complete("director", number, "userTask_decideShipment", "decision", "keep", "comment", "停发");
        desk.run(customer, DUE.plusDays(63));
        assertThatThrownBy(() -> desk.complete("gm", number, "userTask_decideLegal", "decision", "legal"))
                .isInstanceOf(RefusedException.class);
        desk.complete("gm", number, "userTask_decideLegal", "decision", "legal", "comment", "起诉");

        assertThat(collection.find(number).status()).isEqualTo(CollectionCase.Status.LEGAL);
        // what falls due now is the lawyers' as well
        desk.invoice(customer, "50.00", DUE.plusDays(60));
        assertThat(desk.run(customer, DUE.plusDays(70))).isZero();
        assertThat(concern()).isPresent();
        assertThat(desk.actions(invoice))
                .containsExactly("2:NONE:CALL", "3:OVERDUE:MANAGER", "4:OVERDUE:DIRECTOR", "5:OVERDUE:GENERAL_MANAGER");
        assertThat(decisions.of(number))
                .extracting(Decision::choice, Decision::actor)
                .containsExactly(
                        tuple("contacted", "rep1"),
                        tuple("handled", "manager"),
                        tuple("keep", "director"),
                        tuple("legal", "gm")); // A1

        desk.pay(customer, null, "1050.00");
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(desk.passed(number)).contains("endEvent_paid").doesNotContain("endEvent_writtenOff");
        assertThat(concern()).isEmpty();
    }

    @Test
    void eachCanPassItOnOrBack() { // C3
        overdue(1);
        String number = caseNumber();
        desk.complete(
                "assistant1",
                number,
                "userTask_callCustomer",
                "decision",
                "escalate",
                "comment",
                "联系不上",
                "person",
                "前台",
                "means",
                "phone");
        assertThat(desk.steps(number)).containsExactly("userTask_followUpAsManager");
        desk.complete("manager", number, "userTask_followUpAsManager", "decision", "call", "comment", "再打");
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer");
        desk.complete(
                "rep1",
                number,
                "userTask_callCustomer",
                "decision",
                "escalate",
                "comment",
                "还是不接",
                "person",
                "前台",
                "means",
                "phone");
        desk.complete("manager", number, "userTask_followUpAsManager", "decision", "escalate", "comment", "上报");
        desk.complete("director", number, "userTask_decideShipment", "decision", "escalate", "comment", "上报");
        desk.complete("gm", number, "userTask_decideLegal", "decision", "call", "comment", "再谈");
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer");
    }

    @Test
    void aHigherStageTakesTheTaskOver() { // C3
        overdue(1);
        String number = caseNumber();
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer");
        desk.run(customer, DUE.plusDays(8));
        assertThat(desk.steps(number)).containsExactly("userTask_followUpAsManager");
        assertThat(desk.passed(number)).contains("message_stepChanged");
    }

    @Test
    void whoWatchesSeesThatNobodyFollowedUp() {
        Reader figures = new Reader();
        factory.autowireBean(figures);
        overdue(1);
        String number = caseNumber();
        // two working days after the Tuesday are over
        desk.on(DUE.plusDays(4));
        double late = figures.now("shunpi.late", "limit", "collection-follow-up");
        desk.complete(
                "rep1",
                number,
                "userTask_callCustomer",
                "decision",
                "contacted",
                "comment",
                "下周付",
                "person",
                "李四",
                "means",
                "phone");
        assertThat(figures.now("shunpi.late", "limit", "collection-follow-up")).isEqualTo(late - 1);
    }

    @Test
    void downtimeIsMadeUpForInOneStep() { // ADR 0023: no five letters at once
        String invoice = desk.invoice(customer, "1000.00", DUE);
        desk.run(customer, DUE.plusDays(40));
        assertThat(desk.actions(invoice)).containsExactly("4:OVERDUE:DIRECTOR");
        assertThat(desk.mails("collection/" + customer)).hasSize(1);
    }

    @Test
    void smallAmountsAreLeftOut() { // C3
        String small = desk.invoice(customer, "4.99", DUE);
        assertThat(desk.run(customer, DUE.plusDays(10))).isZero();
        assertThat(caseNumber()).isNull();
        desk.invoice(customer, "5.00", DUE);
        assertThat(desk.run(customer, DUE.plusDays(10))).isEqualTo(1);
        assertThat(desk.actions(small)).isEmpty();
    }

    // ---- C1

    @Test
    void oneCaseForAllThatIsOverdue() { // C1
        overdue(1);
        String number = caseNumber();
        String second = desk.invoice(customer, "300.00", DUE.plusDays(1));
        desk.run(customer, DUE.plusDays(2));

        assertThat(caseNumber()).isEqualTo(number);
        assertThat(collection.openOf(number)).isEqualByComparingTo("1300.00");
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer");
        assertThatThrownBy(() -> jdbc.sql("insert into collection_case (case_number, version, customer_code,"
                                + " open_customer, status, stage, step, step_since, hold, paused, broken_promises,"
                                + " opened_on) values ('CF-X', 0, ?, ?, 'OPEN', 1, 'NONE', date '2026-11-23', false, false,"
                                + " 0, date '2026-11-23')")
                        .param(customer)
                        .param(customer)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> jdbc.sql("insert into collection_action (invoice_number, stage, customer_code, label,"
                                + " acted_on, days_overdue, amount, letter, step) values (?, 2, ?, 'x', date '2026-11-23',"
                                + " 1, 1, 'NONE', 'NONE')")
                        .param(second)
                        .param(customer)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void twoThreadsOpenOneCase() throws Exception { // C1
        desk.invoice(customer, "1000.00", DUE);
        desk.on(DUE.plusDays(1));
        List<Integer> done = atOnce(() -> collection.act(customer, DUE.plusDays(1)));
        assertThat(done).containsExactlyInAnyOrder(0, 1);
        assertThat(jdbc.sql("select count(*) from collection_case where customer_code = ?")
                        .param(customer)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier start = new CyclicBarrier(2);
        try {
            Callable<T> together = () -> {
                start.await();
                return work.call();
            };
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> result : threads.invokeAll(List.of(together, together))) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    // ---- C4, C5

    @Test
    void aContactNeedsPersonMeansAndWords() { // C4
        overdue(1);
        String number = caseNumber();
        assertThatThrownBy(() -> desk.complete(
                        "rep1", number, "userTask_callCustomer", "decision", "contacted", "means", "pigeon"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(com.shunpi.shared.Fault::field)
                                .containsExactlyInAnyOrder("comment", "person", "means"));
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23, 100.00",
        "2026-12-01, 0",
        "2026-12-01, -5",
        "2026-12-01, 1000.01",
        "2027-06-01, 100",
        ", 100"
    })
    void aPromiseInThePastOrOfTheWrongAmountIsRefused(String on, String amount) { // C5
        overdue(1);
        assertThatThrownBy(() -> contact("rep1", "会付", on, amount)).isInstanceOf(RefusedException.class);
        assertThat(collection.openCase(customer).orElseThrow().restsUntil()).isNull();
        assertThat(jdbc.sql("select count(*) from collection_contact where customer_code = ?")
                        .param(customer)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aPromiseRestsTheCaseAndKeptClosesIt() { // C5
        String invoice = overdue(1);
        String number = caseNumber();
        desk.complete(
                "rep1",
                number,
                "userTask_callCustomer",
                "decision",
                "promise",
                "comment",
                "十天内付清",
                "person",
                "李四",
                "means",
                "phone",
                "promisedOn",
                "2026-12-03",
                "promisedAmount",
                "1000.00");

        assertThat(desk.run(customer, LocalDate.of(2026, 12, 2))).isZero();
        assertThat(desk.run(customer, LocalDate.of(2026, 12, 3))).isZero();
        assertThat(desk.actions(invoice)).containsExactly("2:NONE:CALL");
        desk.pay(customer, null, "1000.00");
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(promises(number)).containsExactly("KEPT");
    }

    @Test
    void aKeptPromiseOfAPartLetsTheCaseGoOn() { // C5, C6
        overdue(1);
        String number = caseNumber();
        contact("rep1", "先付一半", "2026-12-03", "500.00");
        desk.pay(customer, null, "499.99");
        assertThat(promises(number)).containsExactly("OPEN");
        desk.pay(customer, null, "0.01");
        assertThat(promises(number)).containsExactly("KEPT");
        assertThat(collection.openOf(number)).isEqualByComparingTo("500.00");
        assertThat(desk.run(customer, LocalDate.of(2026, 12, 2))).isEqualTo(1);
        assertThat(desk.steps(number)).containsExactly("userTask_followUpAsManager");
    }

    @Test
    void onlyWhatComesAfterThePromiseKeepsIt() { // C5
        overdue(1);
        String number = caseNumber();
        desk.pay(customer, null, "300.00");
        contact("rep1", "分两次付", "2026-12-03", "500.00");
        desk.pay(customer, null, "300.00");
        assertThat(promises(number)).containsExactly("OPEN");
        desk.pay(customer, null, "200.00");
        assertThat(promises(number)).containsExactly("KEPT");
    }

    @Test
    void aCreditNoteIsNoPayment() { // C5, T7
        String invoice = overdue(1);
        String number = caseNumber();
        contact("rep1", "月底付一半", "2026-11-30", "500.00");
        String returned = OrderDesk.unique("RT-");
        creditNotes.book(
                "CN-" + returned, invoice, returned, new java.math.BigDecimal("600.00"), "finance1", "finance2");
        assertThat(promises(number)).containsExactly("OPEN");
        assertThat(collection.openOf(number)).isEqualByComparingTo("400.00");
    }

    @Test
    void theLastPromiseCounts() { // C5
        overdue(1);
        String number = caseNumber();
        contact("rep1", "周四付", "2026-11-26", "1000.00");
        contact("rep1", "下周付", "2026-12-03", "1000.00");
        assertThat(promises(number)).containsExactly("REPLACED", "OPEN");
        assertThat(desk.run(customer, LocalDate.of(2026, 11, 27))).isZero();
        assertThat(promises(number)).containsExactly("REPLACED", "OPEN");
    }

    @Test
    void aPromiseIsNotKeptByWritingOff() { // C5, C10
        String invoice = overdue(1);
        String number = caseNumber();
        contact("rep1", "月底付", "2026-11-30", "1000.00");
        login.run("manager", () -> actions.proposeWriteOff(number, invoice, "客户破产"));
        desk.complete("finance1", number, "userTask_confirmWriteOff", "decision", "approve");
        desk.complete("gm", number, "userTask_approveWriteOff", "decision", "approve");
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(promises(number)).containsExactly("REPLACED");
    }

    @Test
    void aBrokenPromiseEscalatesAndCountsAgainstTheCustomer() { // C5, C8
        overdue(1);
        String number = caseNumber();
        contact("rep1", "周四付", "2026-11-26", "1000.00");
        assertThat(concern()).isEmpty();
        desk.run(customer, LocalDate.of(2026, 11, 27));

        assertThat(promises(number)).containsExactly("BROKEN");
        // at this age it is the rep's turn: one level up
        assertThat(desk.steps(number)).containsExactly("userTask_followUpAsManager");
        assertThat(concern().orElseThrow()).contains("1 次未兑现");
        desk.run(customer, LocalDate.of(2026, 12, 1));
        assertThat(desk.steps(number)).containsExactly("userTask_decideShipment");
    }

    private List<String> promises(String caseNumber) {
        return jdbc.sql("select state from collection_promise where case_number = ? order by id")
                .param(caseNumber)
                .query(String.class)
                .list();
    }

    // ---- C6

    @Test
    void whatTheCustomerSaysHePaidFinanceFinds() { // C6
        overdue(1);
        String number = caseNumber();
        claimPaid(number);
        desk.complete("finance1", number, "userTask_confirmPayment", "decision", "not-received", "comment", "没有查到");
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer");
        claimPaid(number);
        desk.complete(
                "finance1",
                number,
                "userTask_confirmPayment",
                "decision",
                "confirm",
                "bankReference",
                OrderDesk.unique("CB"),
                "receivedAmount",
                "1000.00",
                "receivedOn",
                "2026-11-24",
                "payer",
                "客户",
                "bank",
                "工行");

        assertThat(desk.isEnded(number)).isTrue();
        assertThat(desk.passed(number)).contains("endEvent_paid");
        assertThat(desk.owed(customer)).isZero();
    }

    private void claimPaid(String number) {
        desk.complete(
                "rep1",
                number,
                "userTask_callCustomer",
                "decision",
                "claims-paid",
                "comment",
                "昨天汇了",
                "person",
                "李四",
                "means",
                "phone");
    }

    @Test
    void noReminderGoesOutForPaidMoney() { // C6
        mailServer.listensOn(1);
        try {
            String one = desk.invoice(customer, "1000.00", DUE);
            String two = desk.invoice(customer, "600.00", DUE);
            desk.run(customer, DUE);
            assertThat(letters()).containsExactly("货款到期通知：1600.00 元");
            desk.pay(customer, one, "1000.00");
            assertThat(letters()).containsExactly("货款到期通知：600.00 元");
            desk.pay(customer, two, "100.00");
            assertThat(letters()).containsExactly("货款到期通知：500.00 元");
            desk.pay(customer, two, "500.00");
            assertThat(letters()).isEmpty();
            assertThat(desk.open(customer)).isNull();
        } finally {
            mailServer.isGone();
        }
    }

    private List<String> letters() {
        return jdbc.sql("select subject from mail_outbox where left(event, ?) = ? and status = 'queued'")
                .param(("collection/" + customer).length())
                .param("collection/" + customer)
                .query(String.class)
                .list();
    }

    @Test
    void aLetterThatStillWaitsIsSilentAboutWhatIsDisputed() { // C7
        mailServer.listensOn(1);
        try {
            String disputed = desk.invoice(customer, "1000.00", DUE);
            desk.invoice(customer, "600.00", DUE);
            desk.run(customer, DUE);
            login.run("rep1", () -> actions.dispute(disputed, "数量不符"));
            assertThat(letters()).containsExactly("货款到期通知：600.00 元");
        } finally {
            mailServer.isGone();
        }
    }

    @Test
    void aPaymentShrinksTheCaseInTheSameTransaction() { // C6, C8, N9
        String old = overdue(31);
        String number = caseNumber();
        desk.invoice(customer, "200.00", DUE.plusDays(25));
        desk.run(customer, DUE.plusDays(32));
        String order = orders.reviewedOrder(customer);
        assertThat(holds(order)).contains(number);

        desk.pay(customer, old, "1000.00");

        assertThat(collection.openOf(number)).isEqualByComparingTo("200.00");
        assertThat(jdbc.sql("select count(*) from collection_item where open_invoice = ?")
                        .param(old)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(concern()).isEmpty();
        assertThat(holds(order)).doesNotContain(number);
        assertThat(taskService.getVariable(desk.tasks(number).get(0).getId(), "amount"))
                .isEqualTo("200.00");
    }

    @Test
    void aPrepaidOrderPassesTheHold() { // C8
        overdue(31);
        assertThat(concern()).isPresent();
        Customer.Facts facts = new Customer.Facts(
                customer,
                "客户 " + customer,
                Grade.B,
                new BigDecimal("1.0000"),
                PaymentTerms.PREPAID,
                new BigDecimal("0.00"),
                0,
                "李四",
                null,
                null,
                null,
                "rep1",
                "华东",
                null);
        masterData.saveCustomers(List.of(facts));
        assertThat(holds(orders.reviewedOrder(customer))).contains("预付订单应收").doesNotContain("催款案件");
    }

    private String holds(String order) {
        return jdbc.sql("select detail from order_hold where order_number = ? and released_by is null")
                .param(order)
                .query(String.class)
                .list()
                .toString();
    }

    // ---- C7

    @Test
    void aDisputedInvoiceIsTakenOutAlone() { // C7
        String one = desk.invoice(customer, "1000.00", DUE);
        String two = desk.invoice(customer, "600.00", DUE);
        desk.run(customer, DUE.plusDays(1));
        String number = caseNumber();
        login.run("rep1", () -> actions.dispute(one, "数量不符"));
        assertThatThrownBy(() -> login.run("rep1", () -> actions.dispute(one, "又来")))
                .isInstanceOf(RefusedException.class);
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer", "userTask_settleDispute");
        desk.run(customer, DUE.plusDays(8));
        assertThat(desk.actions(one)).containsExactly("2:NONE:CALL");
        assertThat(desk.actions(two)).containsExactly("2:NONE:CALL", "3:OVERDUE:MANAGER");

        login.run("rep1", () -> actions.dispute(two, "单价不符"));
        // nothing is left to ask for
        assertThat(desk.steps(number)).containsExactly("userTask_settleDispute");
        desk.complete(
                "finance1",
                number,
                "userTask_settleDispute",
                "decision",
                "keep",
                "comment",
                "等质检",
                "invoiceNumber",
                one);
        assertThat(desk.steps(number)).containsExactly("userTask_settleDispute");
        desk.complete(
                "finance1",
                number,
                "userTask_settleDispute",
                "decision",
                "settle",
                "comment",
                "客户认可",
                "invoiceNumber",
                two);
        assertThat(desk.steps(number)).containsExactly("userTask_followUpAsManager", "userTask_settleDispute");
        desk.complete(
                "finance1",
                number,
                "userTask_settleDispute",
                "decision",
                "settle",
                "comment",
                "客户认可",
                "invoiceNumber",
                one);
        assertThat(desk.steps(number)).containsExactly("userTask_followUpAsManager");
        assertThat(decisions.of(number))
                .extracting(Decision::choice)
                .containsExactly("dispute", "dispute", "keep", "settle", "settle"); // A1
        desk.run(customer, DUE.plusDays(9));
        assertThat(desk.actions(one)).containsExactly("2:NONE:CALL", "3:OVERDUE:MANAGER");
    }

    @Test
    void aDisputeSettledElsewhereLeavesNoTask() { // C7
        String invoice = overdue(1);
        login.run("rep1", () -> actions.dispute(invoice, "数量不符"));
        assertThat(desk.steps(caseNumber())).containsExactly("userTask_settleDispute");
        login.run("finance1", () -> actions.settle(invoice, "已补发"));
        assertThat(desk.steps(caseNumber())).containsExactly("userTask_callCustomer");
        assertThat(desk.passed(caseNumber())).contains("message_disputesSettled");
    }

    @Test
    void whatAnotherModuleObjectsToIsLeftOutAlone() { // C7: an open return, say
        String returned = desk.invoice(customer, "1000.00", DUE);
        String other = desk.invoice(customer, "600.00", DUE);
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("returns", (InvoiceObjections) numbers -> java.util.Map.of(returned, "退货中"));
        Ledger ledger = new Ledger(jdbcTemplate, beans.getBeanProvider(InvoiceObjections.class), clock);

        CustomerPlan plan = dunning.plan(
                new Dunning.Situation(collection.customer(customer), ledger.of(customer), null, null), DUE.plusDays(1));

        assertThat(plan.actions()).extracting(Planned::invoiceNumber).containsExactly(other);
        assertThat(ledger.of(customer))
                .filteredOn(claim -> claim.invoiceNumber().equals(returned))
                .singleElement()
                .satisfies(claim -> assertThat(claim.objection()).isEqualTo("退货中"));
    }

    // ---- C10

    @Test
    void writingOffTakesFinanceAndTheGeneralManager() { // C10
        String invoice = overdue(1);
        String number = caseNumber();
        login.run("manager", () -> actions.proposeWriteOff(number, invoice, "客户破产"));
        assertThatThrownBy(() -> login.run("rep1", () -> actions.proposeWriteOff(number, invoice, "再提")))
                .isInstanceOf(RefusedException.class);
        assertThat(desk.owed(customer)).isEqualByComparingTo("1000.00");
        desk.complete("finance1", number, "userTask_confirmWriteOff", "decision", "approve");
        assertThat(desk.owed(customer)).isEqualByComparingTo("1000.00");
        desk.complete("gm", number, "userTask_approveWriteOff", "decision", "approve");

        assertThat(desk.owed(customer)).isZero();
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(desk.passed(number)).contains("endEvent_writtenOff", "serviceTask_writeOff");
        assertThat(jdbc.sql("select amount, proposed_by, confirmed_by, approved_by, reason from invoice_write_off"
                                + " where invoice_number = ?")
                        .param(invoice)
                        .query((row, n) -> row.getBigDecimal(1) + " " + row.getString(2) + " " + row.getString(3) + " "
                                + row.getString(4) + " " + row.getString(5))
                        .single())
                .isEqualTo("1000.00 manager finance1 gm 客户破产");
    }

    @Test
    void whoProposedAWriteOffDoesNotConfirmIt() { // C10, V1
        String invoice = overdue(1);
        String number = caseNumber();
        login.run("finance1", () -> actions.proposeWriteOff(number, invoice, "收不回"));
        // said before he has written a word, not only when he commits himself
        assertThatThrownBy(() -> desk.complete("finance1", number, "userTask_confirmWriteOff", "decision", "approve"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("不能再批");
        desk.complete("finance2", number, "userTask_confirmWriteOff", "decision", "reject", "comment", "再催催");
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer");
        login.run("finance1", () -> actions.proposeWriteOff(number, invoice, "收不回"));
        desk.complete("finance2", number, "userTask_confirmWriteOff", "decision", "approve");
        desk.complete("gm", number, "userTask_approveWriteOff", "decision", "reject", "comment", "不同意");
        assertThat(desk.owed(customer)).isEqualByComparingTo("1000.00");
        assertThat(desk.passed(number)).contains("endEvent_writeOffRefused");
        assertThatThrownBy(() -> collection.writeOff(number)).isInstanceOf(RefusedException.class);
    }

    @Test
    void aWriteOffTakesThreePeopleInTheirOrder() { // C10: whoever asks, with no form and no exclusion in between
        WriteOffProposal proposal = new WriteOffProposal("CF-1", "INV-1", "收不回", "finance1", clock.instant());
        assertThatThrownBy(() -> proposal.approve("gm")).hasMessageContaining("等待财务确认");
        assertThatThrownBy(() -> proposal.confirm("finance1")).hasMessageContaining("三个人");
        proposal.confirm("finance2");
        assertThatThrownBy(() -> proposal.approve("finance1")).hasMessageContaining("三个人");
        assertThatThrownBy(() -> proposal.approve("finance2")).hasMessageContaining("三个人");
        assertThat(proposal.state()).isEqualTo(WriteOffProposal.State.CONFIRMED);
        proposal.approve("gm");
        assertThat(proposal.state()).isEqualTo(WriteOffProposal.State.DONE);
    }

    @Test
    void onlyWhatIsFollowedUpIsWrittenOff() { // C10
        overdue(1);
        String number = caseNumber();
        String later = desk.invoice(customer, "50.00", DUE.plusDays(60));
        assertThatThrownBy(() -> login.run("manager", () -> actions.proposeWriteOff(number, later, "收不回")))
                .hasMessageContaining("不在未结案件");
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer");
    }

    @Test
    void aProposalIsVoidWhenTheMoneyComesFirst() { // C6, C10
        String invoice = overdue(1);
        String number = caseNumber();
        login.run("manager", () -> actions.proposeWriteOff(number, invoice, "收不回"));
        desk.pay(customer, null, "1000.00");
        assertThat(desk.isEnded(number)).isTrue();
        assertThat(jdbc.sql("select state from collection_write_off where case_number = ?")
                        .param(number)
                        .query(String.class)
                        .single())
                .isEqualTo("VOID");
        assertThatThrownBy(() -> collection.writeOff(number)).isInstanceOf(RefusedException.class);
    }

    @Test
    void theTablesSayItOnceMore() { // C5, C10
        String invoice = overdue(1);
        String promise =
                "insert into collection_promise (version, case_number, open_case, made_on, promised_on, amount,"
                        + " paid_before, state, recorded_by) values (0, ?, ?, date '2026-11-24', date '%s', 1, 0, 'OPEN', 'rep1')";
        String writeOff =
                "insert into collection_write_off (version, case_number, open_case, invoice_number, reason, state,"
                        + " proposed_by, proposed_at, confirmed_by, approved_by) values (0, ?, ?, '" + invoice
                        + "', 'x', '%s', 'a', current_timestamp, %s, %s)";
        refused("collection_promise_lies_ahead", promise.formatted("2026-11-23"));
        jdbc.sql(promise.formatted("2026-11-24"))
                .params(caseNumber(), caseNumber())
                .update();
        refused("collection_promise_is_one_per_case", promise.formatted("2026-11-25"));
        refused("collection_write_off_has_three_people", writeOff.formatted("CONFIRMED", "'a'", "null"));
        refused("collection_write_off_has_three_people", writeOff.formatted("DONE", "'b'", "'a'"));
        refused("collection_write_off_has_three_people", writeOff.formatted("DONE", "'b'", "'b'"));
        refused("collection_write_off_is_approved_twice", writeOff.formatted("DONE", "'b'", "null"));
    }

    private void refused(String constraint, String statement) {
        assertThatThrownBy(() ->
                        jdbc.sql(statement).params(caseNumber(), caseNumber()).update())
                .as(statement)
                .isInstanceOf(DataIntegrityViolationException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).containsIgnoringCase(constraint));
    }

    @Test
    void whoPaysBeforehandIsServedAllTheSame() { // C8
        jdbc.sql("update customer set payment_terms = 'prepaid' where code = ?")
                .param(customer)
                .update();
        overdue(31);
        assertThat(concern()).isPresent();
        assertThat(holds(orders.reviewedOrder(customer))).doesNotContain(caseNumber());
    }

    @Test
    void theRestOfACaseGoesOnAfterAWriteOff() { // C10
        String invoice = desk.invoice(customer, "1000.00", DUE);
        desk.invoice(customer, "600.00", DUE);
        desk.run(customer, DUE.plusDays(1));
        String number = caseNumber();
        login.run("manager", () -> actions.proposeWriteOff(number, invoice, "尾款纠纷"));
        desk.complete("finance1", number, "userTask_confirmWriteOff", "decision", "approve");
        desk.complete("gm", number, "userTask_approveWriteOff", "decision", "approve");
        assertThat(desk.isEnded(number)).isFalse();
        assertThat(desk.passed(number)).contains("endEvent_writeOffBooked");
        assertThat(collection.openOf(number)).isEqualByComparingTo("600.00");
    }

    // ---- the case's own deadline

    @Test
    void whoDoesNotFollowUpInTimeIsReported() {
        overdue(1);
        String number = caseNumber();
        Job timer = managementService
                .createJobQuery()
                .processInstanceId(desk.tasks(number).get(0).getProcessInstanceId())
                .singleResult();
        // Tuesday's task is due by the end of Thursday
        assertThat(timer.getDuedate().toInstant()).isEqualTo(java.time.Instant.parse("2026-11-26T16:00:00Z"));
        managementService.executeJob(timer.getId());
        assertThat(desk.mails(number + "/late")).containsExactly("collection-late manager@demo.shunpi.example");
        assertThat(desk.steps(number)).containsExactly("userTask_callCustomer");
        assertThat(desk.passed(number)).contains("endEvent_lateReported");
    }

    @Test
    void whatIsPaidInTimeIsLeftAlone() { // C3, C6
        String invoice = desk.invoice(customer, "1000.00", DUE);
        desk.on(DUE);
        desk.pay(customer, invoice, "1000.00");
        assertThat(desk.run(customer, DUE.plusDays(1))).isZero();
        assertThat(desk.actions(invoice)).isEmpty();
    }

    private Optional<String> concern() {
        return Optional.ofNullable(concerns.of(Set.of(customer)).get(customer));
    }
}
