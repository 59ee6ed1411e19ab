package com.shunpi.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A6: the copy of an H2 file is what was committed before it, and nobody waits for it. */
class LiveCopyTest {

    private static final int ROWS = 4000;

    @TempDir
    private Path folder;

    private final ExecutorService people = Executors.newSingleThreadExecutor();
    private DurableH2DataSource dataSource;
    private Connection open;

    /** Some megabytes, in which space is free again as soon as nobody needs it. */
    @BeforeEach
    void aFile() throws SQLException {
        dataSource = new DurableH2DataSource("jdbc:h2:file:" + folder.resolve("live") + ";RETENTION_TIME=0", "sa", "");
        open = dataSource.getConnection();
        execute("create table t (id int primary key, version int, text varchar(2000))");
        execute("create index by_version on t (version)");
        execute("insert into t select x, 0, rpad(x, 1000, '.') from system_range(1, " + ROWS + ")");
    }

    @AfterEach
    void close() throws SQLException {
        people.shutdownNow();
        open.close();
    }

    @Test
    void workIsSavedWhileItIsBeingWritten() throws Exception {
        ByteArrayOutputStream copy =
                copy(part -> people.submit(() -> update(part)).get(30, TimeUnit.SECONDS));
        assertThat(version(open)).isPositive();
        assertCopied(copy, 0);
    }

    /** It saves first: in the middle of a statement it would hold an index that differs from its table. */
    @Test
    void itWaitsForTheStatementsThatHaveBegun() throws Throwable {
        SnapshotGate gate = new SnapshotGate();
        ByteArrayOutputStream copied = new ByteArrayOutputStream();
        LiveCopy copy = new LiveCopy(store(), gate, store()::commit);
        Thread copying = gate.write(() -> {
            Thread thread = DurableH2Test.untilItWaits(() -> {
                try {
                    copy.writeTo(copied);
                } catch (IOException | SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(copied.size()).isZero();
            return thread;
        });
        copying.join();
        assertCopied(copied, 0);
    }

    /** All rows anew, again and again: what the copy has not reached yet is no longer needed by anybody else. */
    @Test
    void whatPeopleReplaceMeanwhileIsStillInIt() throws Exception {
        ByteArrayOutputStream copy = copy(part -> {
            for (int i = 0; i < 5; i++) {
                update(10 * part + i);
            }
        });
        assertCopied(copy, 0);
    }

    @Test
    void whatIsSavedMeanwhileSurvivesAKill() throws Exception {
        Path killed = folder.resolve("killed.mv.db");
        copy(part -> {
            if (part <= 3) {
                update(part);
                // all is on the disk: this is what a kill leaves
                Files.copy(folder.resolve("live.mv.db"), killed, StandardCopyOption.REPLACE_EXISTING);
            }
        });
        assertHolds(killed, 3);
    }

    @Test
    void aCommitThatDidNotWaitForTheDiskIsInIt() throws Exception {
        open.setAutoCommit(false);
        execute("update t set version = 3");
        open.unwrap(DurableConnection.Early.class).commitEarly();
        open.commit();
        assertCopied(copy(part -> {}), 3);
    }

    @Test
    void spaceIsUsedAgainAfterwards() throws Exception {
        copy(part -> assertThat(store().getFileStore().isSpaceReused()).isFalse());
        assertThat(store().getFileStore().isSpaceReused()).isTrue();
    }

    @Test
    void aCopyThatFailsLeavesNothingBehind() throws Exception {
        assertThatThrownBy(() -> copy(part -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThat(store().getFileStore().isSpaceReused()).isTrue();
        update(7);
        assertCopied(copy(part -> {}), 7);
    }

    /** The end of the application interrupts it, while the last requests are still answered. */
    @Test
    void anInterruptDoesNotCloseTheFileForEverybody() throws Exception {
        assertThatThrownBy(() -> copy(part -> Thread.currentThread().interrupt()))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        update(7);
        assertThat(version(open)).isEqualTo(7);
    }

    @Test
    void oneAfterTheOtherWithNothingNewInBetween() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertCopied(copy(part -> {}), 0);
        }
    }

    /** What nobody needs any more at the end of the file is cut off by the next save, though the copy has not reached it. */
    @Test
    void nothingIsCutOffBeforeItWasCopied() throws Exception {
        for (int i = 0; i < 12; i++) {
            // the latest lies in a gap, and what it has replaced at the end
            update(0);
            assertCopied(copy(part -> execute("update t set version = 0 where id = " + part)), 0);
        }
    }

    private interface Work {
        void at(int part) throws Exception;
    }

    /** @param meanwhile what is done each time that a part has been written, with its number from 1 */
    private ByteArrayOutputStream copy(Work meanwhile) throws Exception {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        open.unwrap(DurableConnection.Copy.class).copyTo(new OutputStream() {
            private int part;

            @Override
            public void write(int single) {
                throw new UnsupportedOperationException("byte by byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                copy.write(bytes, offset, length);
                try {
                    meanwhile.at(++part);
                } catch (IOException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        return copy;
    }

    private void assertCopied(ByteArrayOutputStream copy, int version) throws IOException, SQLException {
        Path file = Files.createTempFile(folder, "copy", ".mv.db");
        Files.write(file, copy.toByteArray());
        assertHolds(file, version);
    }

    private static void assertHolds(Path file, int version) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + file.toString().replace(".mv.db", ""), "sa", "");
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select id, version, text from t order by id")) {
                for (int id = 1; id <= ROWS; id++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(id);
                    assertThat(rows.getInt(2)).isEqualTo(version);
                    assertThat(rows.getString(3)).startsWith(id + ".").hasSize(1000);
                }
                assertThat(rows.next()).isFalse();
            }
            try (ResultSet rows = statement.executeQuery("select count(*) from t where version = " + version)) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(ROWS);
            }
        }
    }

    private MVStore store() throws SQLException {
        return ((SessionLocal) open.unwrap(JdbcConnection.class).getSession())
                .getDatabase()
                .getStore()
                .getMvStore();
    }

    private int update(int version) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement("update t set version = ?")) {
            update.setInt(1, version);
            return update.executeUpdate();
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select min(version) from t")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }
}
