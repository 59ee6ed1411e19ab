package com.shunpi;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.shunpi.calendar.WorkingDays;
import com.shunpi.notification.MailDelivery;
import com.shunpi.notification.Notice;
import com.shunpi.notification.Outbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** Two servers on one PostgreSQL, started at the same moment on an empty database: everything is there, and is done, once. */
@Tag("two-nodes")
@EnabledIfSystemProperty(named = "shunpi.test.database", matches = "postgresql")
class TwoNodesTest {

    private static final MutableClock CLOCK = new MutableClock();
    private static final GreenMail MAIL_SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

    private static EmbeddedPostgres database;
    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext other;
    private static JdbcTemplate jdbc;

    @BeforeAll
    static void bothAtOnce() throws Exception {
        CLOCK.reset();
        MAIL_SERVER.start();
        database = EmbeddedPostgres.builder().setRegisterShutdownHook(false).start();
        jdbc = new JdbcTemplate(database.getPostgresDatabase());
        List<ConfigurableApplicationContext> nodes = atOnce(() -> start("one"), () -> start("other"));
        one = nodes.get(0);
        other = nodes.get(1);
    }

    @AfterAll
    static void stop() throws IOException {
        for (ConfigurableApplicationContext node : Arrays.asList(one, other)) {
            if (node != null) {
                node.close();
            }
        }
        MAIL_SERVER.stop();
        database.close();
    }

    private static ConfigurableApplicationContext start(String name) {
        return new SpringApplicationBuilder(ShunpiApplication.class, Node.class)
                .profiles("test")
                .initializers(
                        context -> context.getBeanFactory().registerSingleton("withoutTests", new WithoutTestClasses()))
                .run(
                        "--spring.datasource.url=" + database.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.hikari.maximum-pool-size=10",
                        "--server.port=0",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + MAIL_SERVER.getSmtp().getPort(),
                        "--spring.mail.properties.mail.smtp.starttls.enable=false",
                        // engines of one JVM need different names
                        "--camunda.bpm.process-engine-name=" + name);
    }

    /** One clock for both. */
    @TestConfiguration(proxyBeanMethods = false)
    @Import(Login.class)
    static class Node {

        @Bean
        @Primary
        MutableClock mutableClock() {
            return CLOCK;
        }
    }

    /** The application is scanned as it is packaged. */
    private static final class WithoutTestClasses extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory types) throws IOException {
            return type.getResource().getURI().toString().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithoutTestClasses;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @SafeVarargs
    private static <T> List<T> atOnce(Callable<T>... work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(work.length);
        ExecutorService threads = Executors.newFixedThreadPool(work.length);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> each : work) {
                running.add(threads.submit(() -> {
                    start.await();
                    return each.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    private static <T> List<T> onBoth(Function<ConfigurableApplicationContext, T> work) throws Exception {
        return atOnce(() -> work.apply(one), () -> work.apply(other));
    }

    /** A worker that nobody outside its module may name. */
    private static Object worker(ConfigurableApplicationContext node, String name) {
        try {
            return node.getBean(Class.forName("com.shunpi." + name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int port(ConfigurableApplicationContext node) {
        return Integer.parseInt(node.getEnvironment().getProperty("local.server.port"));
    }

    private static long count(String sql, Object... values) {
        return jdbc.queryForObject(sql, Long.class, values);
    }

    @Test
    void everythingOfAStartIsThereOnce() {
        assertThat(jdbc.queryForList("select key_ from act_re_procdef", String.class))
                .containsExactlyInAnyOrder(
                        "collection", "dual-verification", "order-review", "returns", "special-price");
        assertThat(count("select max(version_) from act_re_decision_def")).isOne();
        assertThat(jdbc.queryForList("select name_ from act_ru_filter", String.class))
                .isNotEmpty()
                .doesNotHaveDuplicates();
        assertThat(jdbc.queryForList(
                        "select concat(type_, ' ', group_id_, ' ', user_id_, ' ', resource_type_, ' ', resource_id_)"
                                + " from act_ru_authorization",
                        String.class))
                .isNotEmpty()
                .doesNotHaveDuplicates();
        assertThat(count("select count(*) from act_id_user")).isEqualTo(16);
        assertThat(count("select count(*) from pg_locks where locktype = 'advisory'"))
                .as("the lock of the start is given back")
                .isZero();
    }

    @Test
    void aLoginIsGoodOnBothAndEndsOnBoth() {
        HttpUser browser = HttpUser.browser(port(one), "rep2");
        HttpUser elsewhere =
                HttpUser.stranger(port(other)).with("Cookie", "JSESSIONID=" + browser.cookie("JSESSIONID"));
        assertThat(elsewhere.get("/api/me").body()).contains("\"rep2\"");

        elsewhere
                .with("Cookie", "JSESSIONID=" + browser.cookie("JSESSIONID") + "; SHUNPI-CSRF=x")
                .with("X-CSRF-TOKEN", "x")
                .post("/logout", Map.of());
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void whoIsFrozenOnOneIsOutOnTheOther() {
        HttpUser leaver = HttpUser.browser(port(one), "warehouse2");
        assertThat(leaver.get("/api/me").statusCode()).isEqualTo(200);

        assertThat(HttpUser.basic(port(other), "gm")
                        .post("/api/accounts/warehouse2/freeze", "{\"successor\":\"warehouse1\",\"reason\":\"离职\"}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(leaver.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(HttpUser.basic(port(one), "warehouse2").get("/api/me").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aTaskIsTakenOnce() throws Exception {
        assertThat(HttpUser.basic(port(one), "assistant1")
                        .post("/api/orders", """
                                {"source":"test","externalNumber":"two-nodes","customerCode":"KH001","deliveryMode":"快递","consignee":"陈志远",
                                "requiredDate":"2099-12-31","phone":"13800000000","address":"上海市测试路 1 号","urgent":false,
                                "lines":[{"productCode":"PT-101","quantity":1,"unitPrice":"688.0000"}]}""")
                        .statusCode())
                .isEqualTo(201);
        String task = jdbc.queryForObject(
                "select t.id_ from act_ru_task t join act_ru_variable v on v.proc_inst_id_ = t.proc_inst_id_"
                        + " join sales_order o on o.order_number = v.text_ where o.external_number = 'two-nodes'",
                String.class);
        List<Boolean> taken = atOnce(() -> claims(one, "assistant1", task), () -> claims(other, "assistant2", task));
        assertThat(taken).containsExactlyInAnyOrder(true, false);
    }

    private static String recipient(jakarta.mail.internet.MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean claims(ConfigurableApplicationContext node, String user, String task) {
        try {
            node.getBean(Login.class)
                    .run(user, () -> node.getBean(TaskService.class).claim(task, user));
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    @Test
    void theDailyRunIsDoneByOneOfThem() throws Exception {
        LocalDate day = LocalDate.of(2026, 12, 1);
        assertThat(one.getBean(WorkingDays.class).isWorkingDay(day)).isTrue();

        List<Boolean> did =
                onBoth(node -> ReflectionTestUtils.invokeMethod(worker(node, "collection.CollectionRun"), "run", day));

        assertThat(did).containsExactlyInAnyOrder(true, false);
        assertThat(count("select actions from collection_run where run_day = ?", day))
                .isPositive();
    }

    @Test
    void theCalendarsReminderIsWrittenOnce() throws Exception {
        // from December on the next year's calendar is missed
        CLOCK.set(Instant.parse("2026-12-01T00:00:00Z"));
        onBoth(node -> ReflectionTestUtils.invokeMethod(worker(node, "calendar.CalendarReminder"), "check"));
        CLOCK.reset();

        assertThat(jdbc.queryForList(
                        "select concat(event, ' ', recipient) from mail_outbox where template = 'calendar-missing'",
                        String.class))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void eachMailGoesOutOnce() throws Exception {
        jdbc.update("delete from mail_outbox");
        one.getBean(TransactionTemplate.class)
                .executeWithoutResult(status -> IntStream.range(0, 40)
                        .forEach(number -> one.getBean(Outbox.class)
                                .tell(
                                        "customer" + number + "@example.com",
                                        new Notice(
                                                "two-nodes/" + number,
                                                "T",
                                                "calendar-missing",
                                                Map.of("year", "2027")))));

        List<Integer> sent = onBoth(node -> node.getBean(MailDelivery.class).deliverDue());

        assertThat(sent.get(0) + sent.get(1)).isEqualTo(40);
        assertThat(Arrays.stream(MAIL_SERVER.getReceivedMessages())
                        .map(TwoNodesTest::recipient)
                        .filter(recipient -> recipient.startsWith("customer")))
                .hasSize(40)
                .doesNotHaveDuplicates();
    }
}
