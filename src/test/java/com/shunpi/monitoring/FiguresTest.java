package com.shunpi.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.HttpUser;
import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.calendar.WorkingDays;
import com.shunpi.order.OrderDesk;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.annotation.Transactional;

/** What monitoring is told is true, costs little, names nobody, and is in the catalogue. */
@ShunpiTest
class FiguresTest {

    /** Statements of one reading. One more is somebody's decision. */
    private static final int STATEMENTS = 8;

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    OrderDesk desk;

    @Autowired
    Login login;

    @Autowired
    MutableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    WorkingDays workingDays;

    @Autowired
    MeterRegistry meters;

    @Autowired
    MockMvc http;

    @Autowired
    TaskService taskService;

    @Autowired
    RuntimeService runtimeService;

    @Autowired
    RepositoryService repositoryService;

    @Autowired
    ManagementService managementService;

    @Autowired
    IdentityService identityService;

    private final Reader figures = new Reader();

    @BeforeEach
    void wire() {
        beans.autowireBean(figures);
    }

    // ---- each figure

    @Test
    void aTaskIsCountedInEachQueueItWaitsIn() {
        double all = figures.now("shunpi.tasks");
        double open = queue("shunpi.queue", "sales-assistant");
        double unclaimed = queue("shunpi.queue.unclaimed", "sales-assistant");

        String order = desk.received();

        assertThat(figures.now("shunpi.tasks")).isEqualTo(all + 1);
        assertThat(queue("shunpi.queue", "sales-assistant")).isEqualTo(open + 1);
        assertThat(queue("shunpi.queue.unclaimed", "sales-assistant")).isEqualTo(unclaimed + 1);

        String task = desk.task(order, "userTask_reviewOrder").getId();
        login.run("assistant1", () -> taskService.claim(task, "assistant1"));
        assertThat(queue("shunpi.queue", "sales-assistant")).isEqualTo(open + 1);
        assertThat(queue("shunpi.queue.unclaimed", "sales-assistant")).isEqualTo(unclaimed);

        reject(order);
        assertThat(figures.now("shunpi.tasks")).isEqualTo(all);
        assertThat(queue("shunpi.queue", "sales-assistant")).isEqualTo(open);
        assertThat(queue("shunpi.queue", "monitoring"))
                .as("an empty queue is there")
                .isZero();
        assertThat(queue("shunpi.queue.oldest.age", "monitoring")).isZero();
    }

    @Test
    void theOldestTaskOfAQueueGrowsOld() {
        String order = desk.received();
        double before = queue("shunpi.queue.oldest.age", "sales-assistant");
        clock.advance(Duration.ofHours(3));
        assertThat(queue("shunpi.queue.oldest.age", "sales-assistant")).isEqualTo(before + 3 * 3600);

        double overdue = overdueAfterADay();
        reject(order);
        assertThat(queue("shunpi.queue.overdue", "sales-assistant")).isEqualTo(overdue - 1);
    }

    private double overdueAfterADay() {
        clock.advance(Duration.ofHours(22));
        return queue("shunpi.queue.overdue", "sales-assistant");
    }

    @Test
    void anOrderWithoutAnAnswerIsLateFromTheTwentyFourthHourOn() { // R2
        String inTime = desk.received();
        String late = desk.received();

        clock.advance(Duration.ofHours(24).minusSeconds(1));
        double before = figures.now("shunpi.late", "limit", "reply");
        reject(inTime);
        assertThat(figures.now("shunpi.late", "limit", "reply")).isEqualTo(before);

        clock.advance(Duration.ofSeconds(1));
        double after = figures.now("shunpi.late", "limit", "reply");
        assertThat(after).isGreaterThan(before);
        reject(late);
        assertThat(figures.now("shunpi.late", "limit", "reply")).isEqualTo(after - 1);
    }

    @Test
    void releasedGoodsAreLateWhenTheLastDayToShipIsOver() { // R8
        String order = desk.inVerification(1, "100.00");
        desk.verify(order);
        // released on a Monday: the last moment is Thursday's
        clock.set(LocalDate.of(2026, 11, 26)
                .atTime(LocalTime.MAX)
                .atZone(WorkingDays.ZONE)
                .toInstant());
        double before = figures.now("shunpi.late", "limit", "shipment");
        clock.advance(Duration.ofSeconds(1));
        double after = figures.now("shunpi.late", "limit", "shipment");
        assertThat(after).isGreaterThan(before);
        desk.ship(order);
        assertThat(figures.now("shunpi.late", "limit", "shipment")).isEqualTo(after - 1);
    }

    @Test
    void aJobThatFailsForGoodIsAFailedJobAndAnIncident() {
        String deployment = repositoryService
                .createDeployment()
                .addModelInstance(
                        "poisoned.bpmn",
                        Bpmn.createExecutableProcess("poisoned")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .serviceTask()
                                .camundaAsyncBefore()
                                .camundaExpression("${nobodyKnowsThisBean.act()}")
                                .endEvent()
                                .done())
                .deploy()
                .getId();
        try {
            double failed = figures.now("shunpi.failed");
            double due = figures.now("shunpi.due");
            assertThat(figures.now("shunpi.incidents", "process", "poisoned")).isZero();

            String instance =
                    runtimeService.startProcessInstanceByKey("poisoned").getId();
            assertThat(figures.now("shunpi.due")).isEqualTo(due + 1);
            clock.advance(Duration.ofMinutes(7));
            assertThat(figures.now("shunpi.due.jobs.oldest.age")).isGreaterThanOrEqualTo(7 * 60);

            Job job = managementService
                    .createJobQuery()
                    .processInstanceId(instance)
                    .singleResult();
            for (int tries = 1; tries <= 5; tries++) {
                assertThat(figures.now("shunpi.failed")).isEqualTo(failed);
                assertThatThrownBy(() -> managementService.executeJob(job.getId()))
                        .hasMessageContaining("nobodyKnowsThisBean");
            }

            assertThat(figures.now("shunpi.failed")).isEqualTo(failed + 1);
            assertThat(figures.now("shunpi.incidents", "process", "poisoned")).isEqualTo(1);
        } finally {
            repositoryService.deleteDeployment(deployment, true);
        }
    }

    @Test
    @Transactional
    void mailsThatWaitOrWereGivenUp() {
        double queued = figures.now("shunpi.mails", "status", "queued");
        double failed = figures.now("shunpi.mails", "status", "failed");

        mail("queued", Duration.ofDays(400));
        mail("failed", Duration.ofDays(500));
        mail("sent", Duration.ofDays(600));

        assertThat(figures.now("shunpi.mails", "status", "queued")).isEqualTo(queued + 1);
        assertThat(figures.now("shunpi.mails", "status", "failed")).isEqualTo(failed + 1);
        assertThat(figures.now("shunpi.mails.oldest.age", "status", "queued"))
                .isEqualTo(Duration.ofDays(400).toSeconds());
        assertThat(figures.now("shunpi.mails.oldest.age", "status", "failed"))
                .isEqualTo(Duration.ofDays(500).toSeconds());
    }

    private void mail(String status, Duration age) {
        jdbc.sql("insert into mail_outbox (event, recipient, template, subject, body, status, attempts, created_at)"
                        + " values (?, 'x@example.com', 'dispatch', 's', 'b', ?, 0, ?)")
                .params(
                        OrderDesk.unique("M"),
                        status,
                        Timestamp.from(clock.instant().minus(age)))
                .update();
    }

    @Test
    @Transactional
    void importsThatSayNothingAnyMore() {
        double running = figures.now("shunpi.open", "state", "running");
        jdbc.sql(
                        "insert into import_job (id, kind, owner, file_name, state, total, done, accepted, duplicates, rejected,"
                                + " created_at, touched_at) values (?, 'orders', 'assistant1', 'x', 'running', 9, 1, 1, 0, 0, ?, ?)")
                .params(
                        OrderDesk.unique("I"),
                        Timestamp.from(clock.instant()),
                        Timestamp.from(clock.instant().minus(Duration.ofDays(300))))
                .update();
        assertThat(figures.now("shunpi.open", "state", "running")).isEqualTo(running + 1);
        assertThat(figures.now("shunpi.open.imports.silence", "state", "running"))
                .isEqualTo(Duration.ofDays(300).toSeconds());
    }

    @Test
    @Transactional
    void theCollectionRunIsLateOnWorkingDaysAlone() { // C3
        jdbc.sql("delete from collection_run").update();
        LocalDate monday = LocalDate.of(2026, 11, 23);
        at(monday, "07:59");
        assertThat(figures.now("shunpi.collection.run.late")).isZero();
        at(monday, "10:00");
        assertThat(figures.now("shunpi.collection.run.late")).isEqualTo(2 * 3600);

        jdbc.sql("insert into collection_run (run_day, started_at, finished_at, actions) values (?, ?, null, 0)")
                .params(monday, Timestamp.from(clock.instant()))
                .update();
        assertThat(figures.now("shunpi.collection.run.late"))
                .as("begun is not done")
                .isEqualTo(2 * 3600);
        jdbc.sql("update collection_run set finished_at = ?")
                .param(Timestamp.from(clock.instant()))
                .update();
        at(monday, "23:00");
        assertThat(figures.now("shunpi.collection.run.late")).isZero();
        assertThat(figures.now("shunpi.collection.run.age")).isEqualTo(13 * 3600);
        at(monday.plusDays(5), "10:00");
        assertThat(figures.now("shunpi.collection.run.late")).as("a Saturday").isZero();
        at(monday.plusDays(7), "08:30");
        assertThat(figures.now("shunpi.collection.run.late")).isEqualTo(1800);
    }

    private void at(LocalDate day, String time) {
        clock.set(day.atTime(LocalTime.parse(time)).atZone(WorkingDays.ZONE).toInstant());
    }

    @Test
    void aWrongPasswordIsCountedAndLocksTheAccount() {
        User user = identityService.newUser("watched");
        user.setPassword("demo");
        ((IdentityServiceImpl) identityService).saveUser(user, true);
        try {
            double locked = figures.now("shunpi.accounts", "state", "locked");
            double failures = failures();
            assertThat(HttpUser.stranger(port)
                            .as("watched", "wrong")
                            .get("/api/me")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(failures()).isEqualTo(failures + 1);
            assertThat(figures.now("shunpi.accounts", "state", "locked")).isEqualTo(locked + 1);
            clock.advance(Duration.ofSeconds(4));
            assertThat(figures.now("shunpi.accounts", "state", "locked")).isEqualTo(locked);

            for (int i = 1; i < 10; i++) {
                clock.advance(Duration.ofMinutes(2));
                HttpUser.stranger(port).as("watched", "wrong").get("/api/me");
            }
            clock.advance(Duration.ofDays(1));
            assertThat(HttpUser.basic(port, "watched").get("/api/me").statusCode())
                    .isEqualTo(401);
            assertThat(figures.now("shunpi.accounts", "state", "locked"))
                    .as("for good")
                    .isEqualTo(locked + 1);
        } finally {
            identityService.deleteUser("watched");
        }
    }

    private double failures() {
        return meters.get("shunpi.login.failures")
                .tag("login", "password")
                .counter()
                .count();
    }

    @Test
    @Transactional
    void frozenAccounts() {
        double frozen = figures.now("shunpi.accounts", "state", "frozen");
        jdbc.sql("insert into frozen_account (user_id, successor, reason, frozen_by, frozen_at)"
                        + " values ('watched', 'rep1', '离职', 'admin', ?)")
                .param(Timestamp.from(clock.instant()))
                .update();
        assertThat(figures.now("shunpi.accounts", "state", "frozen")).isEqualTo(frozen + 1);
    }

    @Test
    void aDecisionTakesFromTheTasksCreationToItsCompletion() {
        String order = desk.received();
        var before = decisions();
        clock.advance(Duration.ofHours(3));
        assertThatThrownBy(() -> desk.complete("assistant1", order, "userTask_reviewOrder", "decision", "nonsense"))
                .isInstanceOf(RuntimeException.class);
        assertThat(decisions()).as("what is refused is no decision").isEqualTo(before);

        reject(order);

        assertThat(decisions().get("count")).isEqualTo(before.get("count") + 1);
        assertThat(decisions().get("seconds")).isEqualTo(before.get("seconds") + 3 * 3600);
    }

    private Map<String, Double> decisions() {
        var timer = meters.find("shunpi.decision")
                .tags("process", "order-review", "step", "userTask_reviewOrder")
                .timer();
        return timer == null
                ? Map.of("count", 0.0, "seconds", 0.0)
                : Map.of(
                        "count",
                        (double) timer.count(),
                        "seconds",
                        timer.totalTime(java.util.concurrent.TimeUnit.SECONDS));
    }

    @Test
    void whatBecameOfImportedRows() throws Exception {
        double done = imported("shunpi.import.files", "done");
        double failed = imported("shunpi.import.files", "failed");
        double rejected = imported("shunpi.import.rows", "rejected");

        upload("客户编码,名称,等级,结算折扣,付款方式,信用额度,账期天数\n" + OrderDesk.unique("X") + ",,,,,,\n");
        assertThat(imported("shunpi.import.files", "done")).isEqualTo(done + 1);
        assertThat(imported("shunpi.import.rows", "rejected")).isEqualTo(rejected + 1);

        upload("这不是表头\n");
        assertThat(imported("shunpi.import.files", "failed")).isEqualTo(failed + 1);
    }

    private void upload(String text) throws Exception {
        http.perform(MockMvcRequestBuilders.multipart("/api/customers/import")
                .file(new MockMultipartFile("file", "x.csv", "text/csv", text.getBytes()))
                .with(SecurityMockMvcRequestPostProcessors.httpBasic("assistant1", "demo")));
    }

    private double imported(String meter, String result) {
        return meters.get(meter)
                .tags("kind", "customers", "result", result)
                .counter()
                .count();
    }

    @Test
    void aNodeSaysWhetherItRunsJobs() {
        // the tests' application runs the jobs it means itself
        assertThat(meters.get("shunpi.job.executor.active").gauge().value()).isZero();
    }

    private double queue(String meter, String queue) {
        return figures.now(meter, "queue", queue);
    }

    private void reject(String order) {
        desk.complete("assistant1", order, "userTask_reviewOrder", "decision", "reject", "comment", "不做");
    }

    // ---- what it costs

    @Test
    void aReadingCostsAFewStatementsAndAScrapeNone() {
        List<String> statements = new ArrayList<>();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Figures counted = figures(counting(statements), registry);

        counted.read();
        assertThat(statements).hasSize(STATEMENTS);
        registry.getMeters().forEach(meter -> meter.measure().forEach(each -> each.getValue()));
        assertThat(statements).hasSize(STATEMENTS);
    }

    @Test
    void aDatabaseThatIsAwayLeavesTheLastFiguresAndSaysHowOldTheyAre() {
        boolean[] away = {false};
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Figures shaken = figures(
                new DelegatingDataSource(dataSource) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        if (away[0]) {
                            throw new SQLException("away");
                        }
                        return super.getConnection();
                    }
                },
                registry);
        assertThat(registry.get("shunpi.figures.age").timeGauge().value()).isNaN();
        shaken.read();
        double tasks = registry.get("shunpi.tasks").gauge().value();

        away[0] = true;
        clock.advance(Duration.ofMinutes(10));
        shaken.read();

        assertThat(registry.get("shunpi.tasks").gauge().value()).isEqualTo(tasks);
        assertThat(registry.get("shunpi.figures.age").timeGauge().value(java.util.concurrent.TimeUnit.SECONDS))
                .isEqualTo(600);
        away[0] = false;
        shaken.read();
        assertThat(registry.get("shunpi.figures.age").timeGauge().value()).isZero();
    }

    private Figures figures(DataSource source, MeterRegistry registry) {
        return new Figures(
                JdbcClient.create(source),
                new DataSourceTransactionManager(source),
                workingDays,
                Duration.ofHours(24),
                LocalTime.of(8, 0),
                clock,
                registry);
    }

    private DataSource counting(List<String> statements) {
        return new DelegatingDataSource(dataSource) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                            if (method.getName().equals("prepareStatement")
                                    || method.getName().equals("createStatement")) {
                                statements.add(arguments == null ? "" : String.valueOf(arguments[0]));
                            }
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }
        };
    }

    // ---- who sees it, and what it says

    @Test
    void figuresAreForWhoWatches() {
        assertThat(HttpUser.basic(managementPort, "manager")
                        .get("/actuator/prometheus")
                        .statusCode())
                .isEqualTo(403);
        assertThat(scrape()).contains("shunpi_tasks ");
    }

    @Test
    void theCatalogueNamesWhatIsServedAndNothingElse() throws IOException {
        reject(desk.received());
        jdbc.sql("insert into collection_run (run_day, started_at, finished_at, actions)"
                        + " values (date '2000-01-03', current_timestamp, current_timestamp, 0)")
                .update();
        Set<String> served = Pattern.compile("(?m)^# TYPE (shunpi_\\w+) (\\w+)$")
                .matcher(scrape())
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .filter(name -> !name.equals("shunpi_decision_seconds_max gauge"))
                .collect(Collectors.toCollection(TreeSet::new));
        // of an H2 file, which the tests have none of
        served.add("shunpi_backup_age_seconds gauge");

        jdbc.sql("delete from collection_run where run_day = date '2000-01-03'").update();
        assertThat(catalogue().keySet()).containsExactlyElementsOf(served);
    }

    /** Labels are words from short lists: no person, no customer, no document. */
    @Test
    void labelsNameNobody() throws IOException {
        reject(desk.received());
        Map<String, Set<String>> catalogue = new TreeMap<>();
        catalogue().forEach((name, labels) -> catalogue.put(name.split(" ")[0], labels));
        Pattern.compile("(?m)^(shunpi_\\w+?)(?:_bucket|_count|_sum|_max)?(?:\\{(.*)})? ")
                .matcher(scrape())
                .results()
                .forEach(line -> assertThat(Pattern.compile("(\\w+)=")
                                .matcher(line.group(2) == null ? "" : line.group(2))
                                .results()
                                .map(label -> label.group(1))
                                .filter(label -> !label.equals("le")))
                        .as(line.group())
                        .containsExactlyInAnyOrderElementsOf(catalogue.getOrDefault(line.group(1), Set.of("unknown"))));
    }

    private String scrape() {
        figures.now("shunpi.tasks");
        return HttpUser.basic(managementPort, "admin")
                .get("/actuator/prometheus")
                .body();
    }

    /** {@code name type} to the names of its labels, as docs/operations.md has them. */
    private static Map<String, Set<String>> catalogue() throws IOException {
        return Pattern.compile("(?m)^\\| `(shunpi_\\w+)` \\| (gauge|counter|histogram) \\| ([^|]*)\\|")
                .matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1) + " " + row.group(2),
                        row -> labels(row),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Set<String> labels(MatchResult row) {
        return Pattern.compile("`(\\w+)`")
                .matcher(row.group(3))
                .results()
                .map(label -> label.group(1))
                .collect(Collectors.toSet());
    }
}
