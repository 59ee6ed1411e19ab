package com.shunpi.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was acknowledged is there after the process was killed. */
class DurableH2Test {

    private static final DurableConnection.Copy NO_COPY = out -> {};

    private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    /** Commits row after row and says so, until it is killed. */
    static final class Writer {

        public static void main(String[] arguments) throws SQLException {
            boolean byTransaction = arguments[1].equals("transaction");
            try (Connection connection = new DurableH2DataSource(arguments[0], "sa", "").getConnection();
                    Statement schema = connection.createStatement()) {
                schema.execute("create table if not exists ack (id bigint primary key)");
                connection.setAutoCommit(!byTransaction);
                long id = maximum(connection);
                try (PreparedStatement insert = connection.prepareStatement("insert into ack values (?)")) {
                    while (true) {
                        insert.setLong(1, ++id);
                        // MyBatis executes so, Hibernate by executeUpdate
                        insert.execute();
                        if (byTransaction) {
                            connection.commit();
                        }
                        System.out.println(id);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "automatic"})
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled(String mode, @TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("killed");
        for (int round = 0; round < 3; round++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            url,
                            mode)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long acknowledged = 0;
            try (BufferedReader acks = writer.inputReader()) {
                for (int i = 0; i < 20 * (round + 1); i++) {
                    acknowledged = Long.parseLong(acks.readLine());
                }
                // by its handle: the process itself would close the stream with the last acknowledgements
                writer.toHandle().destroyForcibly();
                for (String line = acks.readLine(); line != null && !line.isEmpty(); line = acks.readLine()) {
                    acknowledged = Long.parseLong(line);
                }
            }
            writer.waitFor();
            try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
                assertThat(maximum(connection)).isGreaterThanOrEqualTo(acknowledged);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:./data/shunpi, true",
        "jdbc:h2:~/shunpi, true",
        "jdbc:h2:mem:shunpi, false",
        "jdbc:h2:tcp://localhost/x, false",
        "jdbc:postgresql://localhost/x, false"
    })
    void onlyAFileOfOursIsWrapped(String url, boolean wrapped) {
        assertThat(DurableH2DataSource.isFile(url)).isEqualTo(wrapped);
    }

    @Test
    void aFileThatAKilledProcessLeftIsSmallAfterTheStart(@TempDir Path folder) throws SQLException, IOException {
        Path killed = folder.resolve("killed.mv.db");
        String busy = "jdbc:h2:file:" + folder.resolve("busy");
        try (Connection connection = new DurableH2DataSource(busy, "sa", "").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int primary key, text varchar(2000))");
            statement.execute("insert into t select x, space(1000) from system_range(1, 100)");
            for (int i = 0; i < 60; i++) {
                statement.execute("update t set text = space(" + (1000 + i) + ")");
            }
            // all is on the disk: this is what a kill leaves
            Files.copy(folder.resolve("busy.mv.db"), killed);
        }
        long grown = Files.size(killed);

        DurableH2DataSource restarted = new DurableH2DataSource("jdbc:h2:file:" + folder.resolve("killed"), "sa", "");
        restarted.compact(grown / 2);

        assertThat(Files.size(killed)).isLessThan(grown / 5);
        try (Connection connection = restarted.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*), min(length(text)) from t")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(100);
            assertThat(rows.getInt(2)).isEqualTo(1059);
        }
    }

    @Test
    void readingAndRollingBackCostNoSync(@TempDir Path folder) throws SQLException {
        AtomicInteger syncs = new AtomicInteger();
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("read"), "sa", "");
                Connection connection = DurableConnection.of(
                        h2, new SnapshotGate(), new DiskRoom(folder), syncs::incrementAndGet, NO_COPY);
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int)");
            assertThat(syncs).hasValue(1);
            connection.setAutoCommit(false);
            statement.executeQuery("select * from t").close();
            connection.commit();
            statement.executeUpdate("insert into t values (1)");
            connection.rollback();
            connection.commit();
            assertThat(syncs).hasValue(1);

            statement.executeUpdate("insert into t values (1)");
            connection.commit();
            assertThat(syncs).hasValue(2);
            connection.commit();
            assertThat(syncs).hasValue(2);
        }
    }

    @Test
    void aCommitThatNeedNotWaitIsTakenAlongByTheNext(@TempDir Path folder) throws SQLException, IOException {
        DurableH2DataSource file = new DurableH2DataSource("jdbc:h2:file:" + folder.resolve("file"), "sa", "");
        try (Connection connection = file.getConnection();
                Connection other = file.getConnection();
                Statement statement = connection.createStatement();
                Statement waits = other.createStatement()) {
            statement.execute("create table t (id int)");
            connection.setAutoCommit(false);
            ((DurableConnection.Early) connection).commitEarly();
            statement.executeUpdate("insert into t values (1)");
            connection.commit();
            assertThat(rowsAfterAKill(folder)).as("waited for").isZero();
            waits.executeUpdate("insert into t values (2)");
            assertThat(rowsAfterAKill(folder)).isEqualTo(2);

            statement.executeUpdate("insert into t values (3)");
            connection.commit();
            assertThat(rowsAfterAKill(folder)).as("the next waits again").isEqualTo(3);

            ((DurableConnection.Early) connection).commitEarly();
            connection.rollback();
            statement.executeUpdate("insert into t values (4)");
            connection.commit();
            assertThat(rowsAfterAKill(folder))
                    .as("what was asked for another one")
                    .isEqualTo(4);
        }
    }

    private static int rowsAfterAKill(Path folder) throws SQLException, IOException {
        Files.copy(folder.resolve("file.mv.db"), folder.resolve("killed.mv.db"));
        try (Connection restarted = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("killed"), "sa", "");
                Statement statement = restarted.createStatement()) {
            return count(statement);
        } finally {
            Files.delete(folder.resolve("killed.mv.db"));
        }
    }

    @Test
    void nothingIsWrittenToADiskThatIsNearlyFull(@TempDir Path folder) throws SQLException {
        AtomicBoolean full = new AtomicBoolean();
        DiskRoom room = new DiskRoom(folder) {
            @Override
            boolean isThere() {
                return !full.get();
            }
        };
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("full"), "sa", "");
                Connection connection = DurableConnection.of(h2, new SnapshotGate(), room, () -> {}, NO_COPY);
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int)");
            statement.execute("insert into t values (1)");

            full.set(true);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> statement.execute("insert into t values (2)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).as("disk full").isEqualTo("53100"));
            assertThat(count(statement)).as("what is there can be read").isEqualTo(1);

            full.set(false);
            statement.execute("insert into t values (3)");
            assertThat(count(statement)).isEqualTo(2);
        }
    }

    /** H2 fills gaps in its file, and has to find after a kill what it has put into one: 2.5.250 and 2.5.252 do not. */
    @Test
    void whatWasSavedLastIsFoundWhereverItLies(@TempDir Path folder) throws SQLException, IOException {
        Random random = new Random(1);
        try (Connection connection =
                        new DurableH2DataSource("jdbc:h2:file:" + folder.resolve("file"), "sa", "").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set retention_time 0");
            statement.execute("create table ack (id bigint, text varchar(100000))");
            statement.execute("insert into ack select 0, '' from system_range(1, 5)");
            for (int i = 1; i <= 60; i++) {
                statement.execute("update ack set id = " + i + ", text = space(" + random.nextInt(60_000)
                        + ") where _rowid_ = " + (1 + random.nextInt(5)));
                Path killed = folder.resolve("killed-" + i + ".mv.db");
                Files.copy(folder.resolve("file.mv.db"), killed);
                try (Connection restarted =
                        DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("killed-" + i), "sa", "")) {
                    assertThat(maximum(restarted)).isEqualTo(i);
                }
                Files.delete(killed);
            }
        }
    }

    /** A save of H2's own, for want of memory, has taken what was committed and is still writing. */
    @Test
    void aCommitWaitsUntilWhatH2SavesByItselfIsInTheFile(@TempDir Path folder) throws Exception {
        FilePath.register(new SlowDisk());
        DurableH2DataSource file = new DurableH2DataSource("jdbc:h2:slow:" + folder.resolve("slow"), "sa", "");
        try (Connection connection = file.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int)");
            connection.setAutoCommit(false);
            statement.execute("insert into t values (1)");
            JdbcConnection h2 = connection.unwrap(JdbcConnection.class);
            h2.commit();
            AtomicBoolean written = new AtomicBoolean();
            AtomicBoolean early = new AtomicBoolean();
            Thread save;
            Thread commit;
            SlowDisk.BUSY.writeLock().lock();
            try {
                save = untilItWaits(() -> ((SessionLocal) h2.getSession())
                        .getDatabase()
                        .getStore()
                        .getMvStore()
                        .tryCommit());
                commit = untilItWaits(() -> {
                    try {
                        connection.commit();
                        early.set(!written.get());
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                written.set(true);
            } finally {
                SlowDisk.BUSY.writeLock().unlock();
            }
            save.join();
            commit.join();
            assertThat(early).as("acknowledged before it was written").isFalse();
        }
    }

    /** H2 would, half a second after a commit, in the middle of somebody's statement. */
    @Test
    void nothingIsSavedThatNobodyWaitsFor(@TempDir Path folder) throws SQLException, InterruptedException {
        DurableH2DataSource file = new DurableH2DataSource("jdbc:h2:file:" + folder.resolve("file"), "sa", "");
        try (Connection connection = file.getConnection()) {
            JdbcConnection h2 = connection.unwrap(JdbcConnection.class);
            var store =
                    ((SessionLocal) h2.getSession()).getDatabase().getStore().getMvStore();
            assertThat(store.getAutoCommitDelay()).as("zero is at each commit").isNegative();
            // it has been told to end, and may still be about it
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("MVStore background writer")
                        && thread.getName().contains(folder.toString())) {
                    thread.join(10_000);
                    assertThat(thread.isAlive()).isFalse();
                }
            }
        }
    }

    /** Runs something in a thread of its own, and returns once it waits for something or has ended. */
    static Thread untilItWaits(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        while (!WAITS.contains(thread.getState()) && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from t")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aSyncServesAllWhoCommittedBeforeItBegan() throws Exception {
        int users = 16;
        GroupSync disk = new GroupSync();
        AtomicInteger syncs = new AtomicInteger();
        CountDownLatch allAsked = new CountDownLatch(users);
        ExecutorService pool = Executors.newFixedThreadPool(users);
        try {
            List<Future<?>> commits = new java.util.ArrayList<>(IntStream.range(0, users)
                    .mapToObj(user -> pool.submit(() -> {
                        allAsked.countDown();
                        disk.sync(() -> {
                            syncs.incrementAndGet();
                            awaitAll(allAsked);
                        });
                        return null;
                    }))
                    .toList());
            for (Future<?> commit : commits) {
                commit.get();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(syncs.get()).isLessThan(users);
    }

    @Test
    void aFailedSyncFailsItsCommitAndNoOther() throws SQLException {
        GroupSync disk = new GroupSync();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> disk.sync(() -> {
                    throw new SQLException("disk full");
                }))
                .hasMessage("disk full");
        Set<String> written = new HashSet<>();
        disk.sync(() -> written.add("next"));
        assertThat(written).containsExactly("next");
    }

    private static void awaitAll(CountDownLatch latch) throws SQLException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }

    private static long maximum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select coalesce(max(id), 0) from ack")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
