package com.shunpi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.shunpi.MutableClock;
import com.shunpi.TestDatabase;
import com.shunpi.workflow.Directory;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A7: mail that fails never undoes a decision, is retried, and shown when it gives up; nobody gets the same mail twice. On
 * both databases and a real mail server.
 */
class MailDeliveryTest {

    @Configuration
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions {}

    final MutableClock clock = new MutableClock();
    final Directory directory = mock(Directory.class);
    final ExecutorService threads = Executors.newFixedThreadPool(8);

    GreenMail mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    int port;
    DataSource dataSource;
    AnnotationConfigApplicationContext context;
    TransactionTemplate transaction;
    Outbox outbox;
    MailDelivery delivery;
    MailStore store;
    boolean dieAfterSending;

    @BeforeEach
    void start() {
        clock.reset();
        mailServer.start();
        port = mailServer.getSmtp().getPort();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        mailServer.stop();
        if (context != null) {
            context.close();
        }
    }

    // --- into the outbox -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void aMailOutsideATransactionIsRefused(TestDatabase database) {
        given(database);

        assertThatThrownBy(() -> outbox.tell("li@example.com", notice("e1")))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aDecisionThatRollsBackLeavesNoMail(TestDatabase database) {
        given(database);

        transaction.executeWithoutResult(status -> {
            outbox.tell("li@example.com", notice("e1"));
            status.setRollbackOnly();
        });

        assertThat(delivery.deliverDue()).isZero();
        assertThat(store.count(null, null)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondNoticeOfTheSameEventIsLeftOutAndTheCallerGoesOn(TestDatabase database) {
        given(database);
        tell("li@example.com", "e1");

        transaction.executeWithoutResult(status -> {
            outbox.tell(" LI@Example.com ", notice("e1"));
            outbox.tell("li@example.com", notice("e2"));
            outbox.tell("li@example.com", notice("e2"));
            outbox.tell("wang@example.com", notice("e1"));
        });

        assertThat(delivery.deliverDue()).isEqualTo(3);
        assertThat(recipients()).containsExactlyInAnyOrder("li@example.com", "li@example.com", "wang@example.com");
    }

    @ParameterizedTest
    @EnumSource
    void atTheSameInstantOnlyOneOfManyIsKeptAndNobodysTransactionBreaks(TestDatabase database) throws Exception {
        given(database);
        for (int round = 0; round < 10; round++) {
            String event = "round" + round;
            CyclicBarrier together = new CyclicBarrier(8);
            List<Callable<Void>> callers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String own = event + "/own/" + i;
                callers.add(() -> {
                    together.await(20, TimeUnit.SECONDS);
                    transaction.executeWithoutResult(status -> {
                        outbox.tell("li@example.com", notice(event));
                        // only a transaction that is still alive can do this
                        outbox.tell("li@example.com", notice(own));
                    });
                    return null;
                });
            }
            for (Future<Void> caller : threads.invokeAll(callers)) {
                caller.get();
            }
        }

        assertThat(store.count(null, null)).isEqualTo(10 * (1 + 8));
    }

    @ParameterizedTest
    @EnumSource
    void whoCannotBeReachedIsShown(TestDatabase database) {
        given(database);
        when(directory.membersOf("sales-manager"))
                .thenReturn(List.of(
                        new Directory.Person("m1", "张经理", "m1@example.com"),
                        new Directory.Person("m2", "王经理", null),
                        new Directory.Person("m3", "赵经理", " ")));
        when(directory.membersOf("warehouse")).thenReturn(List.of());

        transaction.executeWithoutResult(status -> {
            outbox.tell(null, notice("none"));
            outbox.tell("  ", notice("blank"));
            outbox.tell("not an address", notice("words"));
            outbox.tell("a@example.com, b@example.com", notice("two"));
            outbox.tell("李 <li@example.com>", notice("named"));
            outbox.tell("li@example.com\r\nBcc: thief@example.com", notice("injection"));
            outbox.tellGroup("sales-manager", notice("group"));
            outbox.tellGroup("warehouse", notice("nobody"));
        });

        assertThat(delivery.deliverDue()).isEqualTo(1);
        assertThat(recipients()).containsExactly("m1@example.com");
        assertThat(store.list(null, MailStatus.FAILED, 0, 20))
                .allSatisfy(mail -> assertThat(mail.error()).isNotBlank())
                .extracting(Mail::recipient)
                .containsExactlyInAnyOrder(
                        "",
                        "",
                        "not an address",
                        "a@example.com, b@example.com",
                        "李 <li@example.com>",
                        "li@example.com Bcc: thief@example.com",
                        "user:m2",
                        "user:m3",
                        "group:warehouse");
    }

    @ParameterizedTest
    @EnumSource
    void withoutAMailServerMailsAreKeptToBeRead(TestDatabase database) {
        given(database, "");

        tell("li@example.com", "e1");

        assertThat(delivery.deliverDue()).isZero();
        Mail kept = store.find(onlyMail().id()).orElseThrow();
        assertThat(kept.status()).isEqualTo(MailStatus.KEPT);
        assertThat(kept.body()).contains("华东电子有限公司");
    }

    // --- out of the house ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void aMailIsNeverSentFromInsideATransaction(TestDatabase database) {
        given(database);

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> delivery.deliverDue()))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aMailArrivesAsItWasWrittenAndOnlyOnce(TestDatabase database) throws Exception {
        given(database);
        tell("li@example.com", "e1");

        assertThat(delivery.deliverDue()).isEqualTo(1);
        assertThat(delivery.deliverDue()).isZero();
        clock.advance(Duration.ofDays(2));
        assertThat(delivery.deliverDue()).isZero();

        MimeMessage mail = received().get(0);
        assertThat(mail.getSubject()).isEqualTo("订单 SO-20261122-0001 已发货，运单号 SF123");
        assertThat(mail.getFrom()[0].toString()).contains("shunpi@example.com");
        assertThat(mail.getContent().toString()).contains("承运单位：顺丰速运").contains("0571-88886666");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(onlyMail().status()).isEqualTo(MailStatus.SENT);
        assertThat(onlyMail().sentAt()).isEqualTo(MutableClock.START);
    }

    @ParameterizedTest
    @EnumSource
    void hostileValuesAddNeitherHeaderNorRecipient(TestDatabase database) throws Exception {
        given(database);
        Map<String, Object> values = new HashMap<>(MailTemplatesTest.VALUES.get("dispatch"));
        values.put("waybill", "SF1\r\nBcc: thief@example.com\r\n\r\n.\r\nQUIT");
        values.put("customerName", "{{enquiryPhone}}<script>alert(1)</script>");
        transaction.executeWithoutResult(
                status -> outbox.tell("li@example.com", new Notice("e1", "SO-1", "dispatch", values)));

        delivery.deliverDue();

        assertThat(received()).hasSize(1);
        MimeMessage mail = received().get(0);
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("li@example.com");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getContentType()).startsWith("text/plain");
        assertThat(mail.getContent().toString()).contains("{{enquiryPhone}}<script>alert(1)</script>");
    }

    @ParameterizedTest
    @EnumSource
    void whileTheServerIsDownMailsWaitAndGoOutOnceWhenItIsBack(TestDatabase database) throws Exception {
        given(database);
        mailServer.stop();
        for (int i = 0; i < 5; i++) {
            tell("li@example.com", "e" + i);
        }
        assertThat(delivery.deliverDue()).isZero();
        assertThat(store.count(null, MailStatus.QUEUED)).isEqualTo(5);
        clock.advance(Duration.ofMinutes(1));
        assertThat(delivery.deliverDue()).isZero();

        mailServer = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailServer.start();
        // the one that failed twice waits five minutes
        clock.advance(Duration.ofMinutes(5));
        int sent = delivery.deliverDue();

        assertThat(sent).isEqualTo(5);
        assertThat(received()).hasSize(5);
        assertThat(messageIds()).doesNotHaveDuplicates();
        assertThat(store.count(null, MailStatus.SENT)).isEqualTo(5);
        assertThat(store.list(null, null, 0, 10)).extracting(Mail::error).containsOnlyNulls();
    }

    @ParameterizedTest
    @EnumSource
    void oneAddressThatIsRefusedStopsNoOther(TestDatabase database) throws Exception {
        given(database);
        mailServer.getUserManager().setMessageDeliveryHandler((message, address) -> {
            if (address.getEmail().startsWith("broken")) {
                throw new IllegalStateException("mailbox unavailable");
            }
            return mailServer
                    .getUserManager()
                    .getUserByEmail(address.getEmail()); // null: the recipient's box does not exist yet
        });
        mailServer.getUserManager().createUser("li@example.com", "li@example.com", "x");
        mailServer.getUserManager().createUser("wang@example.com", "wang@example.com", "x");
        tell("li@example.com", "e1");
        tell("broken@example.com", "e1");
        tell("wang@example.com", "e1");

        assertThat(delivery.deliverDue()).isEqualTo(2);

        assertThat(recipients()).containsExactlyInAnyOrder("li@example.com", "wang@example.com");
        Mail refused = store.list(null, MailStatus.QUEUED, 0, 10).get(0);
        assertThat(refused.recipient()).isEqualTo("broken@example.com");
        assertThat(refused.error()).startsWith("邮件服务器未接受");
        assertThat(refused.nextAttemptAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @EnumSource
    void afterTheLastTryItGivesUpVisiblyAndCanBeSentAgainByHand(TestDatabase database) throws Exception {
        given(database);
        mailServer.stop();
        tell("li@example.com", "e1");
        List<Duration> pauses = new ArrayList<>();
        for (int attempt = 1; attempt <= 7; attempt++) {
            delivery.deliverDue();
            assertThat(onlyMail().attempts()).isEqualTo(attempt);
            pauses.add(Duration.between(clock.instant(), onlyMail().nextAttemptAt()));
            clock.set(onlyMail().nextAttemptAt().minusMillis(1));
            delivery.deliverDue();
            assertThat(onlyMail().attempts()).as("not before its time").isEqualTo(attempt);
            clock.advance(Duration.ofMillis(1));
        }
        delivery.deliverDue();

        assertThat(pauses)
                .containsExactly(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(6),
                        Duration.ofHours(12),
                        Duration.ofHours(24));
        assertThat(onlyMail().status()).isEqualTo(MailStatus.FAILED);
        assertThat(onlyMail().error()).startsWith("无法使用邮件服务器");
        clock.advance(Duration.ofDays(30));
        assertThat(delivery.deliverDue()).isZero();

        mailServer = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailServer.start();
        assertThat(store.requeue(onlyMail().id(), clock.instant())).isTrue();
        assertThat(store.requeue(onlyMail().id(), clock.instant())).isFalse();
        assertThat(delivery.deliverDue()).isEqualTo(1);
        assertThat(received()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void manyWorkersAtOnceSendEachMailOnce(TestDatabase database) throws Exception {
        given(database);
        for (int i = 0; i < 40; i++) {
            tell("li" + i + "@example.com", "e1");
        }
        CyclicBarrier together = new CyclicBarrier(4);
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            workers.add(() -> {
                together.await(20, TimeUnit.SECONDS);
                return delivery.deliverDue();
            });
        }

        int sent = 0;
        for (Future<Integer> worker : threads.invokeAll(workers)) {
            sent += worker.get();
        }

        assertThat(sent).isEqualTo(40);
        assertThat(received()).hasSize(40);
        assertThat(recipients()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aWorkerThatDiesAfterSendingCostsOneDuplicateUnderTheSameMessageId(TestDatabase database) throws Exception {
        given(database);
        tell("li@example.com", "e1");
        dieAfterSending = true;
        assertThatThrownBy(delivery::deliverDue).hasMessage("power cut");
        dieAfterSending = false;

        assertThat(delivery.deliverDue()).as("within the lease").isZero();
        clock.advance(Duration.ofMinutes(5));
        assertThat(delivery.deliverDue()).isEqualTo(1);
        clock.advance(Duration.ofDays(1));
        assertThat(delivery.deliverDue()).isZero();

        assertThat(messageIds()).hasSize(2).containsOnly(messageIds().get(0));
        assertThat(messageIds().get(0)).endsWith("@example.com>");
    }

    @ParameterizedTest
    @EnumSource
    void aWorkerWhoseLeaseRanOutDoesNotOverwriteItsSuccessor(TestDatabase database) {
        given(database);
        tell("li@example.com", "e1");
        Instant now = clock.instant();
        long id = store.claim(now, now.plusSeconds(1)).orElseThrow().id();
        store.claim(now.plusSeconds(1), now.plusSeconds(9)).orElseThrow();

        store.markFailed(id, 1, "late", null);
        assertThat(onlyMail().status()).isEqualTo(MailStatus.QUEUED);
        store.markSent(id, 2, now);
        store.markFailed(id, 2, "late", null);
        assertThat(onlyMail().status()).isEqualTo(MailStatus.SENT);
    }

    @ParameterizedTest
    @EnumSource
    void theOutboxIsListedByCaseAndStatusNewestFirst(TestDatabase database) {
        given(database);
        tell("li@example.com", "e1");
        tell("li@example.com", "e2");
        transaction.executeWithoutResult(status ->
                outbox.tell(null, new Notice("e3", "SO-2", "dispatch", MailTemplatesTest.VALUES.get("dispatch"))));

        assertThat(store.list(null, null, 0, 10)).extracting(Mail::event).containsExactly("e3", "e2", "e1");
        assertThat(store.list(null, null, 1, 1)).extracting(Mail::event).containsExactly("e2");
        assertThat(store.list("SO-1", null, 0, 10)).extracting(Mail::event).containsExactly("e2", "e1");
        assertThat(store.list("SO-1", MailStatus.FAILED, 0, 10)).isEmpty();
        assertThat(store.list("SO-2", MailStatus.FAILED, 0, 10)).hasSize(1);
        assertThat(store.count("SO-1", MailStatus.QUEUED)).isEqualTo(2);
        assertThat(store.list(null, null, 0, 10)).extracting(Mail::body).containsOnlyNulls();
    }

    // --- help ------------------------------------------------------------------------------------------------------

    private void given(TestDatabase database) {
        given(database, "127.0.0.1");
    }

    private void given(TestDatabase database, String host) {
        dataSource = database.migrated();
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(host);
        sender.setPort(port);
        context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test", Map.of("spring.mail.host", host, "shunpi.mail.from", "shunpi@example.com")));
        context.registerBean(DataSource.class, () -> dataSource);
        context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(dataSource));
        context.registerBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(dataSource));
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(Directory.class, () -> directory);
        context.registerBean(JavaMailSenderImpl.class, () -> sender);
        context.registerBean(MailStore.class, () -> new MailStore(new JdbcTemplate(dataSource)) {
            @Override
            void markSent(long id, int attempt, Instant at) {
                if (dieAfterSending) {
                    throw new IllegalStateException("power cut");
                }
                super.markSent(id, attempt, at);
            }
        });
        context.register(
                Transactions.class,
                NotificationConfiguration.class,
                MailTemplates.class,
                MailServer.class,
                MailOutbox.class,
                MailDelivery.class);
        context.refresh();
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        outbox = context.getBean(Outbox.class);
        delivery = context.getBean(MailDelivery.class);
        store = context.getBean(MailStore.class);
    }

    private void tell(String address, String event) {
        transaction.executeWithoutResult(status -> outbox.tell(address, notice(event)));
    }

    private static Notice notice(String event) {
        return new Notice(event, "SO-1", "dispatch", MailTemplatesTest.VALUES.get("dispatch"));
    }

    private Mail onlyMail() {
        List<Mail> mails = store.list(null, null, 0, 10);
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }

    private List<MimeMessage> received() {
        return Arrays.asList(mailServer.getReceivedMessages());
    }

    private List<String> recipients() {
        return received().stream()
                .map(mail -> {
                    try {
                        return mail.getAllRecipients()[0].toString();
                    } catch (MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private List<String> messageIds() throws MessagingException {
        List<String> ids = new ArrayList<>();
        for (MimeMessage mail : received()) {
            ids.add(mail.getMessageID());
        }
        return ids;
    }
}
