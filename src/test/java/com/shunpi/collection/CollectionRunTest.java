package com.shunpi.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.calendar.WorkingDays;
import com.shunpi.collection.CollectionViews.Simulation;
import com.shunpi.masterdata.MasterData;
import com.shunpi.receivables.Receivables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The daily run as a whole (C1–C3, C9, F9). Each test has a year of its own, long before anything else is due, since a day is
 * run once.
 */
@ShunpiTest
class CollectionRunTest {

    @Autowired
    private Login login;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Autowired
    private CollectionService collection;

    @Autowired
    private CollectionRun run;

    @Autowired
    private CollectionViews views;

    @Autowired
    private CollectionActions actions;

    @Autowired
    private Dunning dunning;

    @Autowired
    private PeriodicLists lists;

    @Autowired
    private WorkingDays workingDays;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private TaskService taskService;

    @Autowired
    private HistoryService historyService;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    private CollectionDesk desk;

    @BeforeEach
    void begin() {
        desk = new CollectionDesk(login, masterData, receivables, collection, taskService, historyService, jdbc, clock);
    }

    private List<String> customers(int count, LocalDate due) {
        List<String> customers =
                Stream.generate(desk::customer).limit(count).sorted().toList();
        customers.forEach(customer -> desk.invoice(customer, "100.00", due));
        return customers;
    }

    private int actionsOn(LocalDate day) {
        return jdbc.sql("select count(*) from collection_action where acted_on = ?")
                .param(day)
                .query(Integer.class)
                .single();
    }

    /** Nothing of one test is left for the run of another one's year. */
    private void payAll(List<String> customers) {
        customers.forEach(
                customer -> desk.pay(customer, null, desk.owed(customer).toPlainString()));
    }

    @Test
    void twoThreadsMakeOneRun() throws Exception {
        LocalDate due = LocalDate.of(2001, 3, 5);
        List<String> customers = customers(5, due);
        desk.on(due);
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Boolean> work = () -> {
            start.await();
            return run.run(due);
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Boolean> did = new ArrayList<>();
            for (Future<Boolean> result : threads.invokeAll(List.of(work, work))) {
                did.add(result.get());
            }
            assertThat(did).containsExactlyInAnyOrder(true, false);
        } finally {
            threads.shutdownNow();
        }
        assertThat(run.run(due)).isFalse();
        assertThat(actionsOn(due)).isEqualTo(5);
        customers.forEach(customer ->
                assertThat(desk.mails("collection/" + customer + "/due")).hasSize(1));
        payAll(customers);
    }

    @Test
    void aRunThatWasKilledIsCompletedWithNothingDoubled() {
        LocalDate due = LocalDate.of(2002, 3, 4);
        List<String> customers = customers(6, due);
        desk.on(due);
        AtomicInteger left = new AtomicInteger(3);
        CollectionRun killed = new CollectionRun(
                dunning,
                (customer, day) -> {
                    if (left.decrementAndGet() < 0) {
                        throw new OutOfMemoryError("killed between two customers");
                    }
                    return collection.act(customer, day);
                },
                lists,
                workingDays,
                new CollectionSettings(java.time.LocalTime.of(8, 0), 2, 90),
                jdbc,
                transactions,
                clock);
        assertThatThrownBy(() -> killed.run(due)).isInstanceOf(OutOfMemoryError.class);
        assertThat(actionsOn(due)).isEqualTo(3);

        assertThat(run.run(due)).isTrue();
        assertThat(actionsOn(due)).isEqualTo(6);
        customers.forEach(customer ->
                assertThat(desk.mails("collection/" + customer + "/due")).hasSize(1));
        assertThat(run.run(due)).isFalse();
        payAll(customers);
    }

    @Test
    void oneFailingCustomerKeepsTheDayOpenAndTheOthersServed() {
        LocalDate due = LocalDate.of(2003, 3, 3);
        List<String> customers = customers(3, due);
        desk.on(due);
        CollectionRun failing = new CollectionRun(
                dunning,
                (customer, day) -> {
                    if (customer.equals(customers.get(1))) {
                        throw new IllegalStateException("broken data");
                    }
                    return collection.act(customer, day);
                },
                lists,
                workingDays,
                new CollectionSettings(java.time.LocalTime.of(8, 0), 2, 90),
                jdbc,
                transactions,
                clock);
        assertThat(failing.run(due)).isTrue();
        assertThat(actionsOn(due)).isEqualTo(2);
        assertThat(run.run(due)).isTrue();
        assertThat(actionsOn(due)).isEqualTo(3);
        payAll(customers);
    }

    @Test
    void itRunsOnWorkingDaysAfterEight() { // C3, A9
        LocalDate saturday = LocalDate.of(2004, 3, 6);
        List<String> customers = customers(1, saturday.minusDays(2));
        desk.on(saturday);
        assertThat(run.run(saturday)).isFalse();
        run.tick();
        assertThat(actionsOn(saturday)).isZero();
        assertThat(views.simulate(saturday).mails()).isEmpty();
        assertThat(views.simulate(saturday).tasks()).isEmpty();
        LocalDate monday = saturday.plusDays(2);
        clock.set(monday.atTime(7, 59).atZone(WorkingDays.ZONE).toInstant());
        run.tick();
        assertThat(actionsOn(monday)).isZero();
        desk.on(monday);
        run.tick();
        assertThat(actionsOn(monday)).isEqualTo(1);
        payAll(customers);
    }

    @Test
    void theSimulationSaysWhatTheRunDoesAndKeepsNothing() { // F9
        LocalDate due = LocalDate.of(2005, 3, 7);
        List<String> customers = customers(4, due);
        desk.on(due.minusDays(10));
        String promising = customers.get(3);
        desk.invoice(promising, "900.00", due.minusDays(12));
        collection.act(promising, due.minusDays(10));
        login.run(
                "rep1",
                () -> actions.contact(
                        promising,
                        new ContactInput.Read(
                                collection.today(),
                                "李四",
                                "phone",
                                "会付",
                                due.minusDays(3),
                                new java.math.BigDecimal("900.00"))));
        desk.invoice(customers.get(0), "50.00", due.minusDays(3));
        desk.invoice(customers.get(1), "70.00", due.minusDays(40));
        desk.invoice(customers.get(2), "80.00", due.plusDays(1));
        long before = rows();
        desk.on(due);
        Simulation simulation = views.simulate(due);
        assertThat(rows()).isEqualTo(before);
        assertThat(simulation.holds())
                .extracting(CollectionViews.HoldView::customerCode)
                .containsExactly(customers.get(1));
        assertThat(simulation.broken())
                .extracting(CollectionViews.BrokenView::customerCode)
                .containsExactly(promising);

        assertThat(run.run(due)).isTrue();

        assertThat(jdbc.sql("select template, recipient, event from mail_outbox where event like 'collection/CC%'"
                                + " and right(event, 10) = ?")
                        .param(due.toString())
                        .query((row, n) ->
                                row.getString(2) + " " + row.getString(3).split("/")[1])
                        .list())
                .containsExactlyInAnyOrderElementsOf(simulation.mails().stream()
                        .map(mail -> mail.to() + " " + mail.customerCode())
                        .toList());
        assertThat(jdbc.sql(
                                "select invoice_number, stage, days_overdue, amount from collection_action where acted_on = ?")
                        .param(due)
                        .query((row, n) -> row.getString(1) + " " + row.getInt(2) + " " + row.getInt(3) + " "
                                + row.getBigDecimal(4))
                        .list())
                .containsExactlyInAnyOrderElementsOf(planned(simulation));
        for (String customer : customers) {
            List<String> expected = simulation.tasks().stream()
                    .filter(task -> task.customerCode().equals(customer))
                    .map(CollectionViews.TaskView::queue)
                    .toList();
            List<String> really =
                    taskService.createTaskQuery().processInstanceBusinessKey(desk.open(customer)).list().stream()
                            .filter(task -> !task.getCreateTime()
                                    .toInstant()
                                    .isBefore(due.atStartOfDay(WorkingDays.ZONE).toInstant()))
                            .flatMap(task -> taskService.getIdentityLinksForTask(task.getId()).stream())
                            .map(org.camunda.bpm.engine.task.IdentityLink::getGroupId)
                            .filter(group -> !"sales-assistant".equals(group))
                            .toList();
            assertThat(really).as(customer).isEqualTo(expected);
        }
        payAll(customers);
    }

    private static List<String> planned(Simulation simulation) {
        return Stream.concat(
                        simulation.mails().stream().flatMap(mail -> mail.invoices().stream()),
                        simulation.tasks().stream().flatMap(task -> task.invoices().stream()))
                .distinct()
                .map(action -> action.invoiceNumber() + " " + action.stage() + " " + action.daysOverdue() + " "
                        + action.amount())
                .toList();
    }

    private long rows() {
        return jdbc.sql("select (select count(*) from collection_action) + (select count(*) from mail_outbox)"
                        + " + (select count(*) from collection_case) + (select count(*) from act_ru_task)")
                .query(Long.class)
                .single();
    }

    @Test
    void aStatementWhoseDayWasADayOffOrMissedIsSentAllTheSame() { // C9
        String customer = customers(1, LocalDate.of(2009, 3, 2)).get(0);
        // 30 June 2007 is a Saturday: it is sent on the Friday
        finished(LocalDate.of(2007, 6, 28));
        lists.send(LocalDate.of(2007, 6, 29));
        finished(LocalDate.of(2008, 12, 29));
        jdbc.sql("update invoice set invoice_date = date '2007-06-01' where customer_code = ?")
                .param(customer)
                .update();
        // what was not yet invoiced was not owed
        desk.invoice(customer, "40.00", LocalDate.of(2010, 6, 1));
        assertThat(desk.mails("collection/" + customer + "/reconciliation")).isEmpty();
        // the servers stood still over the year's end
        lists.send(LocalDate.of(2009, 1, 5));
        assertThat(statements(customer)).containsExactly("2008-12-31 2009-01-05 100.00");
        jdbc.sql("delete from collection_run where run_day > date '2007-06-28'").update();
        lists.send(LocalDate.of(2007, 6, 29));
        assertThat(statements(customer))
                .containsExactly("2007-06-30 2007-06-29 100.00", "2008-12-31 2009-01-05 100.00");
        lists.send(LocalDate.of(2007, 6, 29));
        assertThat(statements(customer)).hasSize(2);
        payAll(List.of(customer));
    }

    @Test
    void theWeeksListComesThoughItsMondayIsADayOff() { // C9
        finished(LocalDate.of(2010, 1, 8));
        lists.send(LocalDate.of(2010, 1, 12));
        assertThat(desk.mails("collection/weekly/2010-W2")).hasSize(1);
    }

    private void finished(LocalDate day) {
        jdbc.sql("insert into collection_run (run_day, started_at, finished_at, actions) values (?, ?, ?, 0)")
                .param(day)
                .param(clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .param(clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
    }

    /** As of which day, sent when, and CNY. */
    private List<String> statements(String customer) {
        return jdbc.sql("select as_of, sent_on, balance from reconciliation where customer_code = ? order by as_of")
                .param(customer)
                .query((row, n) -> row.getString(1) + " " + row.getString(2) + " " + row.getBigDecimal(3))
                .list();
    }

    @Test
    void theListsComeOnTheFirstWorkingDayAndTheStatementsAtTheEndOfTheHalfYear() { // C9
        LocalDate friday = LocalDate.of(2006, 6, 30);
        List<String> customers = customers(1, friday.plusDays(30));
        String customer = customers.get(0);
        jdbc.sql("insert into collection_run (run_day, started_at, finished_at, actions) values (?, ?, ?, 0)")
                .param(friday.minusDays(2))
                .param(clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .param(clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
        for (LocalDate day = friday.minusDays(1); day.isBefore(friday.plusDays(12)); day = day.plusDays(1)) {
            desk.on(day);
            run.tick();
        }
        assertThat(desk.mails("collection/weekly/2006"))
                .containsExactly(
                        "collection-weekly manager@demo.shunpi.example",
                        "collection-weekly manager@demo.shunpi.example");
        assertThat(desk.mails("collection/monthly/2006-07"))
                .containsExactly("collection-monthly gm@demo.shunpi.example");
        assertThat(desk.mails("collection/" + customer + "/reconciliation/2006-06-30"))
                .hasSize(1);
        assertThat(jdbc.sql("select sent_on from reconciliation where customer_code = ?")
                        .param(customer)
                        .query(LocalDate.class)
                        .list())
                .containsExactly(friday);

        login.run(
                "assistant1",
                () -> actions.confirmBalance(customer, friday, new java.math.BigDecimal("90.00"), "少 10 元"));
        assertThatThrownBy(() -> login.run(
                        "assistant1",
                        () -> actions.confirmBalance(customer, friday, new java.math.BigDecimal("100.00"), null)))
                .hasMessageContaining("已登记");
        payAll(customers);
    }
}
