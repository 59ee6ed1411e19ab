package com.shunpi.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several people write when the process is killed: each index of a table holds what the table holds ({@link SnapshotGate}).
 */
class KilledH2FileTest {

    private static final int KILLS = 5;
    private static final List<String> INDEXED = List.of("word", "number", "nothing", "few");

    /** Inserts, updates and deletes in several connections, and says so after some time, until it is killed. */
    static final class Writers {

        public static void main(String[] arguments) throws SQLException {
            DurableH2DataSource file = new DurableH2DataSource(arguments[0], "sa", "");
            try (Connection connection = file.getConnection();
                    Statement schema = connection.createStatement()) {
                schema.execute(
                        "create table if not exists t (id bigint auto_increment primary key, writer int, word varchar(60),"
                                + " number bigint, nothing varchar(10), few int, text varchar(300))");
                for (String column : INDEXED) {
                    schema.execute("create index if not exists t_" + column + " on t (" + column + ")");
                }
            }
            AtomicInteger commits = new AtomicInteger();
            for (int writer = 0; writer < 6; writer++) {
                int number = writer;
                new Thread(() -> write(file, number, commits)).start();
            }
        }

        private static void write(DurableH2DataSource file, int writer, AtomicInteger commits) {
            Random random = new Random();
            try (Connection connection = file.getConnection();
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into t (writer, word, number, few, text) values (?, ?, ?, ?, ?)");
                    PreparedStatement update = connection.prepareStatement(
                            "update t set word = ?, number = ? where writer = ? and few = ?");
                    PreparedStatement delete =
                            connection.prepareStatement("delete from t where writer = ? and few = ?")) {
                connection.setAutoCommit(false);
                while (true) {
                    for (int i = 0; i < 12; i++) {
                        insert.setInt(1, writer);
                        insert.setString(2, "w" + random.nextInt(50));
                        insert.setLong(3, random.nextLong());
                        insert.setInt(4, random.nextInt(10));
                        insert.setString(5, "x".repeat(200));
                        insert.addBatch();
                    }
                    insert.executeBatch();
                    update.setString(1, "v" + random.nextInt(50));
                    update.setLong(2, random.nextLong());
                    update.setInt(3, writer);
                    update.setInt(4, random.nextInt(10));
                    update.executeUpdate();
                    delete.setInt(1, writer);
                    delete.setInt(2, random.nextInt(10));
                    delete.executeUpdate();
                    if (random.nextInt(10) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                    if (commits.incrementAndGet() % 60 == 0) {
                        System.out.println("working");
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void eachIndexHoldsWhatItsTableHolds(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("killed");
        for (int kill = 0; kill < KILLS; kill++) {
            Process writers = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writers.class.getName(),
                            url)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader said = writers.inputReader()) {
                for (int i = 0; i <= kill; i++) {
                    assertThat(said.readLine()).isEqualTo("working");
                }
                writers.toHandle().destroyForcibly();
                writers.waitFor();
            }
            assertThat(byIndex(url)).as("after kill %d", kill + 1).containsOnly(rows(url));
        }
    }

    private static long rows(String url) throws SQLException {
        return count(url, "select count(*) from (select id, text from t order by _rowid_)");
    }

    private static List<Long> byIndex(String url) throws SQLException {
        List<Long> counts = new ArrayList<>();
        for (String column : INDEXED) {
            counts.add(count(
                    url,
                    "select count(*) from (select _rowid_ from t use index (t_" + column + ") order by " + column
                            + ")"));
        }
        return counts;
    }

    private static long count(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
