package com.shunpi.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.MutableClock;
import com.shunpi.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A7: the process that delivers mails is killed at each point of its work. No mail is lost; the one in its hands goes out
 * twice at most, and then under one Message-ID.
 */
class MailKillTest {

    /** Where the postman is when he is killed, and how often the mail in his hands has arrived in the end. */
    enum Point {
        BEFORE_CLAIM(1),
        BEFORE_CLAIM_IS_COMMITTED(1),
        AFTER_CLAIM(1),
        CONNECTED(1),
        AFTER_MAIL_FROM(1),
        AFTER_RCPT_TO(1),
        IN_THE_MIDDLE_OF_DATA(1),
        // from here on the mail server has it, and we do not know
        BEFORE_THE_SERVERS_YES(2),
        AFTER_THE_SERVERS_YES(2),
        BEFORE_MARK_IS_COMMITTED(2),
        // and from here on we know
        AFTER_MARK(1),
        BEFORE_FAILURE_IS_COMMITTED(1),
        BETWEEN_TWO_TRIES(1);

        final int arrivals;

        Point(int arrivals) {
            this.arrivals = arrivals;
        }

        boolean isOfAFailedTry() {
            return this == BEFORE_FAILURE_IS_COMMITTED || this == BETWEEN_TWO_TRIES;
        }
    }

    private static final String MINE = "second@example.com";

    private static DataSource database;

    private final MutableClock clock = new MutableClock();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private Smtp smtp;

    @BeforeAll
    static void tables() {
        database = TestDatabase.POSTGRESQL.migrated();
    }

    @BeforeEach
    void threeMails() throws IOException {
        clock.reset();
        jdbc.sql("delete from mail_outbox").update();
        MailStore store = new MailStore(new JdbcTemplate(database));
        new TransactionTemplate(new DataSourceTransactionManager(database))
                .executeWithoutResult(status -> List.of("first@example.com", MINE, "third@example.com")
                        .forEach(recipient -> store.add(mail(recipient))));
        smtp = new Smtp();
    }

    private Mail mail(String recipient) {
        Instant now = clock.instant();
        return new Mail(
                0, "event", recipient, "SO-1", "dispatch", "已发货", "承运商：顺丰", MailStatus.QUEUED, 0, now, null, null, now);
    }

    @AfterEach
    void hangUp() throws IOException {
        smtp.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostAndAtMostOneMailComesTwice(Point point) throws Exception {
        smtp.script = point;
        Process postman = postman(point);
        try {
            smtp.reached.get(2, TimeUnit.MINUTES);
        } finally {
            postman.toHandle().destroyForcibly();
            postman.waitFor();
            smtp.killed.countDown();
        }
        smtp.script = null;

        try (AnnotationConfigApplicationContext later =
                Postman.context(database, clock, new MailStore(new JdbcTemplate(database)), smtp.port(), null)) {
            MailDelivery delivery = later.getBean(MailDelivery.class);
            delivery.deliverDue();
            // whatever he had in his hands comes back when his lease, or the pause after a failed try, is over
            clock.advance(Duration.ofMinutes(5));
            delivery.deliverDue();
            assertThat(arrivals("first@example.com")).hasSize(1);
            assertThat(arrivals("third@example.com")).hasSize(1);
            assertThat(arrivals(MINE)).hasSize(point.arrivals);
            assertThat(arrivals(MINE).stream().distinct()).as("Message-ID").hasSize(1);

            clock.advance(Duration.ofDays(3));
            assertThat(delivery.deliverDue()).isZero();
        }
        assertThat(jdbc.sql("select status from mail_outbox")
                        .query(String.class)
                        .list())
                .containsExactly("sent", "sent", "sent");
    }

    private List<String> arrivals(String recipient) {
        return smtp.taken.stream()
                .filter(mail -> mail.recipient.equals(recipient))
                .map(mail -> mail.messageId)
                .toList();
    }

    private Process postman(Point point) throws Exception {
        String url;
        try (Connection connection = database.getConnection()) {
            url = connection.getMetaData().getURL();
        }
        Process postman = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Postman.class.getName(),
                        url,
                        String.valueOf(smtp.port()),
                        point.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread listener = new Thread(() -> {
            try (BufferedReader words = postman.inputReader()) {
                for (String line = words.readLine(); line != null; line = words.readLine()) {
                    if (line.equals(Postman.REACHED)) {
                        smtp.reached.complete(null);
                    }
                }
            } catch (IOException e) {
                smtp.reached.completeExceptionally(e);
            }
        });
        listener.setDaemon(true);
        listener.start();
        return postman;
    }

    /** The process that is killed: the real delivery, which stops where it is told to and says so. */
    static final class Postman {

        static final String REACHED = "reached";

        @Configuration
        @EnableTransactionManagement(proxyTargetClass = true)
        static class Transactions {}

        public static void main(String[] arguments) {
            Point point = Point.valueOf(arguments[2]);
            DataSource database = new DriverManagerDataSource(arguments[0], "postgres", "");
            MailStore store = new MailStore(new JdbcTemplate(database)) {

                private boolean mine;

                @Override
                Optional<Mail> claim(Instant now, Instant leaseEnd) {
                    stopIf(point == Point.BEFORE_CLAIM && hasSent());
                    stopIf(point == Point.AFTER_MARK && mine);
                    stopIf(point == Point.BETWEEN_TWO_TRIES && mine);
                    Optional<Mail> mail = super.claim(now, leaseEnd);
                    mine = mail.isPresent() && mail.get().recipient().equals(MINE);
                    stopIf(point == Point.BEFORE_CLAIM_IS_COMMITTED && mine);
                    return mail;
                }

                @Override
                void markSent(long id, int attempt, Instant at) {
                    super.markSent(id, attempt, at);
                    stopIf(point == Point.BEFORE_MARK_IS_COMMITTED && mine);
                }

                @Override
                void markFailed(long id, int attempt, String error, Instant nextAttemptAt) {
                    super.markFailed(id, attempt, error, nextAttemptAt);
                    stopIf(point == Point.BEFORE_FAILURE_IS_COMMITTED && mine);
                }

                private boolean hasSent() {
                    return count(null, MailStatus.SENT) == 1;
                }
            };
            try (AnnotationConfigApplicationContext context = context(
                    database,
                    Clock.fixed(MutableClock.START, ZoneOffset.UTC),
                    store,
                    Integer.parseInt(arguments[1]),
                    point)) {
                context.getBean(MailDelivery.class).deliverDue();
                context.getBean(MailDelivery.class).deliverDue();
            }
        }

        /** @param point where to stop inside the way to the mail server; null for nowhere */
        static AnnotationConfigApplicationContext context(
                DataSource database, Clock clock, MailStore store, int smtpPort, Point point) {
            AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("shunpi.mail.from", "shunpi@example.com")));
            context.registerBean(DataSource.class, () -> database);
            context.registerBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(database));
            context.registerBean(Clock.class, () -> clock);
            context.registerBean(MailStore.class, () -> store);
            context.registerBean(
                    MailServer.class,
                    () -> new MailServer(sender(smtpPort), "127.0.0.1", context.getBean(MailSettings.class)) {
                        @Override
                        void send(Mail mail) throws Unreachable, Rejected {
                            boolean mine = mail.recipient().equals(MINE);
                            stopIf(point == Point.AFTER_CLAIM && mine);
                            super.send(mail);
                            stopIf(point == Point.AFTER_THE_SERVERS_YES && mine);
                        }
                    });
            context.register(Transactions.class, NotificationConfiguration.class, MailDelivery.class);
            context.refresh();
            return context;
        }

        private static ObjectProvider<JavaMailSender> sender(int port) {
            JavaMailSenderImpl sender = new JavaMailSenderImpl();
            sender.setHost("127.0.0.1");
            sender.setPort(port);
            StaticListableBeanFactory beans = new StaticListableBeanFactory();
            beans.addBean("sender", sender);
            return beans.getBeanProvider(JavaMailSender.class);
        }

        private static void stopIf(boolean reached) {
            if (reached) {
                System.out.println(REACHED);
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** A mail server that stops where its script says and does not go on before its client is dead. */
    private static final class Smtp {

        record Taken(String recipient, String messageId) {}

        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        final List<Taken> taken = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> reached = new CompletableFuture<>();
        final CountDownLatch killed = new CountDownLatch(1);
        volatile Point script;

        Smtp() throws IOException {
            Thread doorman = new Thread(() -> {
                while (!socket.isClosed()) {
                    try (Socket client = socket.accept()) {
                        serve(client);
                    } catch (IOException e) {
                        // he hung up, or we close
                    }
                }
            });
            doorman.setDaemon(true);
            doorman.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        void close() throws IOException {
            socket.close();
        }

        private void serve(Socket client) throws IOException {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = client.getOutputStream();
            // the first mail has been served before: the one in question is the second
            stopAt(Point.CONNECTED);
            say(out, "220 ready");
            String recipient = null;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("MAIL FROM")) {
                    stopAt(Point.AFTER_MAIL_FROM);
                    say(out, "250 ok");
                } else if (command.startsWith("RCPT TO")) {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    stopAt(Point.AFTER_RCPT_TO);
                    boolean refused = script != null && script.isOfAFailedTry() && recipient.equals(MINE);
                    say(out, refused ? "451 try again later" : "250 ok");
                } else if (command.equals("DATA")) {
                    say(out, "354 go ahead");
                    data(in, recipient);
                    say(out, "250 taken");
                } else {
                    say(out, command.startsWith("QUIT") ? "221 bye" : "250 ok");
                }
            }
        }

        private void data(BufferedReader in, String recipient) throws IOException {
            String messageId = null;
            for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
                if (line == null) {
                    throw new IOException("hung up in the middle of a mail");
                }
                if (line.startsWith("Message-ID: ")) {
                    messageId = line;
                    stopAt(Point.IN_THE_MIDDLE_OF_DATA);
                }
            }
            taken.add(new Taken(recipient, messageId));
            if (recipient.equals(MINE)) {
                stopAt(Point.BEFORE_THE_SERVERS_YES);
            }
        }

        private void stopAt(Point point) throws IOException {
            if (script == point && (point == Point.BEFORE_THE_SERVERS_YES || taken.size() == 1)) {
                reached.complete(null);
                try {
                    killed.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new IOException("killed");
            }
        }

        private static void say(OutputStream out, String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
