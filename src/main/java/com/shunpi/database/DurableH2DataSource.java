package com.shunpi.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** An H2 file that keeps what it acknowledged, also when the process is killed or the power fails, and that stays small. */
final class DurableH2DataSource extends AbstractDataSource {

    private static final int SPARSE_PERCENT = 50;

    /** Milliseconds after which H2 would save by itself, past {@link SnapshotGate}: in the middle of somebody's statement. */
    private static final String NO_SAVES_OF_ITS_OWN = ";WRITE_DELAY=" + Integer.MAX_VALUE;

    /**
     * Then it does so never, and each save is done by who waits for it, instead of by two threads of H2's one after the other.
     * Zero would be at each commit, past the gate as well.
     */
    private static final int NEVER = -1;

    private static final String IO_ERROR = "58030";

    /** H2 writes a stack trace beside the file for each exception, also for those that a row mapper expects: 46 MB in ten minutes. */
    private static final String NO_TRACE = ";TRACE_LEVEL_FILE=0";

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final GroupSync disk = new GroupSync();
    private final SnapshotGate gate = new SnapshotGate();
    private final Housekeeping housekeeping = new Housekeeping();
    private final Object copies = new Object();
    private final DiskRoom room;

    DurableH2DataSource(String url, String user, String password) {
        room = new DiskRoom(folderOf(url).orElseThrow());
        h2.setURL(url + NO_SAVES_OF_ITS_OWN + NO_TRACE);
        h2.setUser(user);
        h2.setPassword(password);
    }

    /** Whether the address names a file of this process, and neither memory nor a server. */
    static boolean isFile(String url) {
        return url != null && url.startsWith("jdbc:h2:") && !url.matches("jdbc:h2:(mem|tcp|ssl|zip):.*");
    }

    /** The folder the file lies in; empty unless {@link #isFile}. */
    static Optional<Path> folderOf(String url) {
        if (!isFile(url)) {
            return Optional.empty();
        }
        String file = url.replaceFirst("^jdbc:h2:(file:)?", "")
                .replaceFirst(";.*", "")
                .replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home")));
        return Optional.ofNullable(Path.of(file).toAbsolutePath().normalize().getParent());
    }

    /**
     * Rewrites a large file that holds little. For the start, before anybody else has opened it: a process that is killed
     * leaves its file as it was in the middle of the work.
     *
     * @param bytes smaller files are left as they are
     */
    void compact(long bytes) throws SQLException {
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            if (info(statement, "FILE_SIZE") > bytes && info(statement, "CHUNKS_FILL_RATE") < SPARSE_PERCENT) {
                statement.execute("SHUTDOWN COMPACT");
            }
        }
    }

    private static long info(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select setting_value from information_schema.settings where setting_name = 'info." + name + "'")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return durable(h2.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return durable(h2.getConnection(user, password));
    }

    private Connection durable(Connection connection) throws SQLException {
        MVStore store = ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession())
                .getDatabase()
                .getStore()
                .getMvStore();
        store.setAutoCommitDelay(NEVER);
        return DurableConnection.of(
                connection, gate, room, () -> disk.sync(() -> gate.save(() -> save(store))), out -> copy(store, out));
    }

    private void copy(MVStore store, OutputStream out) throws IOException, SQLException {
        synchronized (copies) {
            new LiveCopy(store, gate, () -> save(store)).writeTo(out);
        }
    }

    /**
     * {@code CHECKPOINT SYNC} would return while a save that H2 began by itself is still on its way to the file, with commits in it
     * that somebody waits for. So the way is emptied.
     */
    private void save(MVStore store) throws SQLException {
        try {
            store.commit();
            store.executeFilestoreOperation(store::sync);
            housekeeping.keep(store);
        } catch (MVStoreException e) {
            throw new SQLNonTransientConnectionException("Not on the disk", IO_ERROR, e);
        }
    }
}
