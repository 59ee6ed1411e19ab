package com.shunpi.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.shunpi.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.tools.Restore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A6: a backup each day, and a restore that was tried. */
@ExtendWith(OutputCaptureExtension.class)
class NightlyBackupTest {

    @TempDir
    private Path home;

    private final MutableClock clock = new MutableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private String url;
    private DataSource dataSource;
    private Connection open;

    @BeforeEach
    void aDatabaseInAFile() throws SQLException {
        // 23 November, 00:30 in Shanghai, still the 22nd in UTC
        clock.set(Instant.parse("2026-11-22T16:30:00Z"));
        url = "jdbc:h2:file:" + home.resolve("live").resolve("shunpi");
        dataSource = new DurableH2DataSource(url, "sa", "");
        open = dataSource.getConnection();
        JdbcClient.create(dataSource)
                .sql("create table decision_record (id bigint generated always as identity, text varchar(400))")
                .update();
        decide(500);
    }

    @AfterEach
    void close() throws SQLException {
        open.close();
    }

    @Test
    void aDatabaseInMemoryOrOnAServerIsLeftAlone() throws IOException {
        for (String other : List.of("jdbc:h2:mem:x", "jdbc:postgresql://db/shunpi", "")) {
            backup(other, 14).backUp();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void todaysIsMadeOnceAndHoldsWhatWasDecidedBefore() throws Exception {
        NightlyBackup backup = backup(url, 14);
        backup.backUp();
        assertThat(files()).containsExactly("shunpi-2026-11-23.zip");
        decide(1);
        clock.advance(Duration.ofHours(20));
        backup.backUp();
        assertThat(files()).containsExactly("shunpi-2026-11-23.zip");
        assertThat(restored("shunpi-2026-11-23.zip")).isEqualTo(500);
        clock.advance(Duration.ofHours(4));
        backup.backUp();
        assertThat(restored("shunpi-2026-11-24.zip")).isEqualTo(501);
    }

    @Test
    void peopleWorkOnWhileItIsMade() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Thread people = new Thread(() -> {
            while (!stop.get()) {
                decide(1);
            }
        });
        people.start();
        try {
            backup(url, 14).backUp();
        } finally {
            stop.set(true);
            people.join();
        }
        assertThat(restored("shunpi-2026-11-23.zip")).isBetween(500L, count(dataSource.getConnection()));
    }

    @Test
    void whatAKilledProcessLeftIsNoBackup() throws Exception {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("shunpi-2026-11-23.zip.part"), "half of it");
        Files.writeString(folder().resolve("shunpi-2026-11-20.zip.part"), "of another day");
        Path trial = Files.createDirectory(folder().resolve("shunpi-restore-4711"));
        Files.writeString(trial.resolve("shunpi.mv.db"), "a trial that was never finished");
        backup(url, 14).backUp();
        assertThat(restored("shunpi-2026-11-23.zip")).isEqualTo(500);
        assertThat(files()).containsExactly("shunpi-2026-11-23.zip");
    }

    @Test
    void oneThatCannotBeMadeIsReportedAndTriedAgain(CapturedOutput output) throws IOException {
        Files.writeString(folder(), "a file where the folder should be");
        NightlyBackup backup = backup(url, 14);
        backup.backUp();
        assertThat(output).contains("备份失败");
        assertThat(age()).isNaN();
        Files.delete(folder());
        backup.backUp();
        assertThat(files()).containsExactly("shunpi-2026-11-23.zip");
    }

    @Test
    void oneThatDoesNotComeBackIsNotKept(CapturedOutput output) throws Exception {
        NightlyBackup backup = backup(url, 14);
        // the trial looks for the decisions, and another password than the file's opens nothing
        new NightlyBackup(dataSource, url, "sa", "wrong", folder(), 14, clock, new SimpleMeterRegistry()).backUp();
        assertThat(output).contains("备份失败");
        assertThat(files()).isEmpty();
        backup.backUp();
        assertThat(files()).containsExactly("shunpi-2026-11-23.zip");
    }

    @Test
    void oneThatHoldsFewerDecisionsIsNotKept(CapturedOutput output) throws Exception {
        Connection connection = mock(Connection.class, delegatesTo(open));
        doAnswer(copy -> {
                    try (Statement losing = open.createStatement()) {
                        losing.execute("delete from decision_record where id > 499");
                    }
                    return open.unwrap(DurableConnection.Copy.class);
                })
                .when(connection)
                .unwrap(DurableConnection.Copy.class);
        DataSource source = mock(DataSource.class);
        when(source.getConnection()).thenReturn(connection);

        new NightlyBackup(source, url, "sa", "", folder(), 14, clock, meters).backUp();

        assertThat(output).contains("备份失败").contains("Of 500 decisions 499 came back");
        assertThat(files()).isEmpty();
    }

    @Test
    void onlyTheLatestStay() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("年终.zip"), "somebody's own");
        for (int day = 0; day < 4; day++) {
            backup(url, 2).backUp();
            clock.advance(Duration.ofDays(1));
        }
        assertThat(files()).containsExactlyInAnyOrder("shunpi-2026-11-25.zip", "shunpi-2026-11-26.zip", "年终.zip");
    }

    @Test
    void itsAgeIsAFigureForTheWatch() {
        NightlyBackup backup = backup(url, 14);
        assertThat(age()).isNaN();
        backup.backUp();
        clock.set(Instant.now().plus(Duration.ofHours(30)));
        assertThat(age()).isBetween(29 * 3600.0, 31 * 3600.0);
    }

    private NightlyBackup backup(String address, int keep) {
        return new NightlyBackup(dataSource, address, "sa", "", folder(), keep, clock, meters);
    }

    private Path folder() {
        return home.resolve("backup");
    }

    private double age() {
        return meters.get("shunpi.backup.age").timeGauge().value();
    }

    private List<String> files() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private void decide(int times) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        for (int i = 0; i < times; i++) {
            jdbc.sql("insert into decision_record (text) values (?)")
                    .param("决定".repeat(100))
                    .update();
        }
    }

    private long restored(String backup) throws SQLException {
        Path target = home.resolve("restored-" + backup);
        Restore.execute(folder().resolve(backup).toString(), target.toString(), "shunpi");
        try (Connection connection =
                DriverManager.getConnection("jdbc:h2:file:" + target.resolve("shunpi"), "sa", "")) {
            return count(connection);
        }
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from decision_record")) {
            row.next();
            return row.getLong(1);
        }
    }
}
