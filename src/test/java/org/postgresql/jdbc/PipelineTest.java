package org.postgresql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.shunpi.SqlCounter;
import com.shunpi.SqlCounts;
import com.shunpi.TestDatabase;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the real server: several batches in one round trip say what each by itself would have said. */
class PipelineTest {

    private final SqlCounter counter = new SqlCounter();

    private Connection connection;

    @BeforeEach
    void twoTables() throws SQLException {
        connection = counter.count(TestDatabase.POSTGRESQL.empty()).getConnection();
        execute("create table parent (id int primary key, revision int)");
        execute("create table child (id int primary key, parent_id int references parent, note text)");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void outsideATransactionNothingIsSent() throws SQLException {
        connection.setAutoCommit(true);
        PreparedStatement insert = batch("insert into parent values (?, 1)", 1);
        assertThatIllegalStateException().isThrownBy(() -> Pipeline.send(List.of(insert)));
        assertThat(number("select count(*) from parent")).isZero();
    }

    @Test
    void theOneThatFailsIsKnownWithTheCountsOfThoseBeforeIt() throws SQLException {
        List<PreparedStatement> batches = List.of(
                batch("insert into parent values (?, 1)", 1, 2),
                // nobody there: as when somebody else was faster
                batch("update parent set revision = 2 where id = ?", 2, 7),
                batch("insert into child values (?, 99, null)", 1, 2),
                batch("delete from parent where id = ?", 1));
        assertThatExceptionOfType(BatchUpdateException.class)
                .isThrownBy(() -> Pipeline.send(batches))
                .satisfies(failed -> {
                    assertThat(failed.getUpdateCounts()).containsExactly(1, 1, 1, 0);
                    assertThat(failed.getSQLState()).isEqualTo("23503");
                    assertThat(failed.getNextException().getMessage()).contains("child_parent_id_fkey");
                });
        connection.rollback();
        assertThat(number("select count(*) from parent")).isZero();
    }

    @Test
    void theConnectionIsGone() throws SQLException {
        PreparedStatement insert = batch("insert into parent values (?, 1)", 1);
        // closes the socket, as a network does, and tells nobody
        connection.unwrap(PgConnection.class).getQueryExecutor().abort();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> Pipeline.send(List.of(insert)))
                .extracting(SQLException::getSQLState)
                .isIn("08003", "08006");
    }

    @Test
    void allIsDoneInItsOrderInOneTrip() throws SQLException {
        SqlCounts said = counter.during(() -> {
            List<PreparedStatement> batches = List.of(
                    batch("insert into parent values (?, 1)", 1, 2, 3),
                    batch("insert into child values (?, 2, null)", 5),
                    batch("update parent set revision = revision + 1 where id = ?", 1, 8),
                    batch("delete from child where parent_id = ?", 2),
                    batch("delete from parent where id = ?", 2));
            assertThat(send(batches)).containsExactly(1, 1, 1, 1, 1, 0, 1, 1);
            closeAll(batches);
        });
        assertThat(said.trips()).isEqualTo(1);
        assertThat(said.statements()).isEqualTo(8);
        connection.commit();
        assertThat(number("select sum(id * 10 + revision) from parent")).isEqualTo(12 + 31);
        assertThat(number("select count(*) from child")).isZero();
    }

    @Test
    void moreThanTheNetworkHoldsAtOnce() throws SQLException {
        int[] many = IntStream.rangeClosed(1, 3000).toArray();
        PreparedStatement parents = batch("insert into parent values (?, 1)", many);
        PreparedStatement children = connection.prepareStatement("insert into child values (?, ?, ?)");
        for (int id : many) {
            children.setInt(1, id);
            children.setInt(2, id);
            children.setString(3, "x".repeat(2000));
            children.addBatch();
        }
        assertThat(Pipeline.send(List.of(parents, children))).hasSize(6000).containsOnly(1);
        connection.commit();
        assertThat(number("select sum(length(note)) from child")).isEqualTo(6_000_000);
    }

    @Test
    void aStatementMayBeUsedAgain() throws SQLException {
        PreparedStatement insert = batch("insert into parent values (?, 1)", 1);
        // more often than the driver needs to give it a name on the server
        for (int id = 2; id < 12; id++) {
            assertThat(Pipeline.send(List.of(insert))).containsExactly(1);
            insert.setInt(1, id);
            insert.addBatch();
        }
        assertThat(insert.executeBatch()).containsExactly(1);
        assertThat(number("select count(*) from parent")).isEqualTo(11);
    }

    private PreparedStatement batch(String sql, int... values) {
        try {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int value : values) {
                statement.setInt(1, value);
                statement.addBatch();
            }
            return statement;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int[] send(List<PreparedStatement> batches) {
        try {
            return Pipeline.send(batches);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void closeAll(List<PreparedStatement> statements) {
        for (PreparedStatement statement : statements) {
            try {
                statement.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
