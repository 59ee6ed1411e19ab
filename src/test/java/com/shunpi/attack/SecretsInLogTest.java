package com.shunpi.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import com.shunpi.ShunpiApplication;
import com.shunpi.notification.MailDelivery;
import com.shunpi.notification.Notice;
import com.shunpi.notification.Outbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A5: no secret is ever logged, at no level and least of all when it does not fit. The application runs in production, logging
 * all it can, with a wrong password of the database, then of the mail server, and people who mistype theirs.
 */
class SecretsInLogTest {

    private static final String DATABASE = "Db-s3cret-8812";
    private static final String MAIL = "Mail-s3cret-8812";
    private static final String ADMINISTRATOR = "Adm1n-s3cret-8812!";
    private static final String MISTYPED = "Typo-s3cret-8812";
    private static final String NEW = "New-s3cret-8812!";

    @RegisterExtension
    static final GreenMailExtension MAILS =
            new GreenMailExtension(ServerSetup.SMTP.dynamicPort()).withConfiguration(authenticated());

    private static com.icegreen.greenmail.configuration.GreenMailConfiguration authenticated() {
        return new com.icegreen.greenmail.configuration.GreenMailConfiguration().withUser("mailer", "right");
    }

    @Test
    void noSecretIsLogged(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        ProcessBuilder child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        child.environment()
                .putAll(Map.of(
                        "SHUNPI_DATABASE_URL", "jdbc:h2:mem:secrets;DB_CLOSE_DELAY=-1",
                        "SHUNPI_DATABASE_USER", "owner",
                        "SHUNPI_DATABASE_PASSWORD", DATABASE,
                        "SHUNPI_MAIL_HOST", "127.0.0.1",
                        "SHUNPI_MAIL_PORT", String.valueOf(MAILS.getSmtp().getPort()),
                        "SHUNPI_MAIL_USER", "mailer",
                        "SHUNPI_MAIL_PASSWORD", MAIL,
                        "SHUNPI_MAIL_STARTTLS_REQUIRED", "false",
                        "SHUNPI_MAIL_FROM", "shunpi@example.com",
                        "SHUNPI_ADMIN_PASSWORD", ADMINISTRATOR));
        Process server = child.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
        int end = server.waitFor();
        String text = Files.readString(log);
        assertThat(end).as(text.substring(Math.max(0, text.length() - 2000))).isZero();
        // what it is about has happened
        for (String line : List.of(" DEBUG ", "Wrong user name or password", "created: 204", "not sent: 无法使用邮件服务器")) {
            // not by contains(), which would print all of the log
            assertThat(text.contains(line)).as(line).isTrue();
        }
        List<String> secrets = new ArrayList<>();
        for (String secret : List.of(DATABASE, MAIL, ADMINISTRATOR, MISTYPED, NEW)) {
            secrets.add(secret);
            secrets.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        }
        // as it goes over the wire, to the mail server and with HTTP Basic
        secrets.add(basic("admin", ADMINISTRATOR));
        secrets.add(basic("admin", MISTYPED));
        secrets.add(Base64.getEncoder().encodeToString(("\0mailer\0" + MAIL).getBytes(StandardCharsets.UTF_8)));
        for (String secret : secrets) {
            assertThat(text.lines().filter(line -> line.contains(secret)))
                    .as(secret)
                    .isEmpty();
        }
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The application in a process of its own: what it registers in this one would be in the way of the other tests. */
    static final class Server {

        public static void main(String[] arguments) throws Exception {
            try (Connection other =
                    DriverManager.getConnection("jdbc:h2:mem:locked;DB_CLOSE_DELAY=-1", "owner", "other")) {
                assertThat(other.isValid(1)).isTrue();
                start("--spring.datasource.url=jdbc:h2:mem:locked", "--spring.datasource.hikari.connection-timeout=250")
                        .close();
                throw new IllegalStateException("started with a wrong password");
            } catch (RuntimeException e) {
                if (e instanceof IllegalStateException) {
                    throw e;
                }
            }
            ConfigurableApplicationContext application = start();
            String base = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
            changePassword(base);
            // locks the account for a while: after all else that he does
            mistype(base);
            application
                    .getBean(TransactionTemplate.class)
                    .executeWithoutResult(status -> application
                            .getBean(Outbox.class)
                            .tell(
                                    "somebody@example.com",
                                    new Notice("secrets", "x", "calendar-missing", Map.of("year", "2027"))));
            application.getBean(MailDelivery.class).deliverDue();
            System.out.println("not sent: "
                    + application
                            .getBean(JdbcClient.class)
                            .sql("select last_error from mail_outbox where event = 'secrets'")
                            .query(String.class)
                            .single());
            application.close();
            System.exit(0);
        }

        private static ConfigurableApplicationContext start(String... more) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--spring.profiles.active=production",
                    "--server.port=0",
                    "--management.server.port=0",
                    "--shunpi.scheduling=false",
                    // tables at the start, as without production: it begins with an empty database
                    "--shunpi.schema=update",
                    "--logging.level.root=debug",
                    "--server.servlet.session.cookie.secure=false"));
            arguments.addAll(List.of(more));
            return SpringApplication.run(ShunpiApplication.class, arguments.toArray(String[]::new));
        }

        private static void mistype(String base) throws Exception {
            send(request(base + "/api/worklist", MISTYPED).GET());
            send(HttpRequest.newBuilder(URI.create(base + "/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("username=admin&password=" + MISTYPED)));
        }

        private static void changePassword(String base) throws Exception {
            String created = send(request(base + "/engine-rest/user/create", ADMINISTRATOR)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"profile\":{\"id\":\"somebody\"},\"credentials\":{\"password\":\"" + NEW + "\"}}")));
            System.out.println("created: " + created);
        }

        private static HttpRequest.Builder request(String address, String password) {
            return HttpRequest.newBuilder(URI.create(address))
                    .header("Authorization", "Basic " + basic("admin", password));
        }

        private static String send(HttpRequest.Builder request) throws Exception {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }
}
