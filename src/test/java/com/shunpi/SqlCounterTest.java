package com.shunpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts as a round trip, a statement and a commit, and whose it is. */
class SqlCounterTest {

    private final SqlCounter counter = new SqlCounter();

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:");
        DataSource counted = counter.count(h2);
        connection = counted.getConnection();
        execute("create table ACT_RU_TASK (id int)");
        execute("create table customer (id int)");
        connection.setAutoCommit(false);
    }

    @Test
    void aBatchIsOneTripOfManyStatementsAndACommitIsATrip() {
        SqlCounts said = said(() -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into customer values (?)")) {
                for (int id = 0; id < 3; id++) {
                    insert.setInt(1, id);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            execute("select * from ACT_RU_TASK for update");
            connection.commit();
        });
        assertThat(said.trips()).isEqualTo(3);
        assertThat(said.statements()).isEqualTo(4);
        assertThat(said.commits()).isEqualTo(1);
        assertThat(said.engine().lines())
                .containsExactly(Map.entry(new SqlCounts.Line("act_ru_task", "select"), new SqlCounts.Tally(1, 1, 1)));
        assertThat(said.ours().lines())
                .containsExactly(Map.entry(new SqlCounts.Line("customer", "insert"), new SqlCounts.Tally(1, 1, 3)));
    }

    @Test
    void whatOnlyReadOrWasGivenUpIsNoCommit() {
        SqlCounts said = said(() -> {
            execute("select * from customer");
            connection.commit();
            execute("delete from customer");
            connection.rollback();
            connection.commit();
        });
        assertThat(said.commits()).isZero();
        assertThat(said.commitsOfReads()).isEqualTo(1);
        assertThat(said.rollbacks()).isEqualTo(1);
        assertThat(said.trips()).isEqualTo(4);
    }

    @Test
    void aStatementThatCommitsByItselfIsOneTripAndACommit() {
        SqlCounts said = said(() -> {
            connection.setAutoCommit(true);
            execute("insert into customer values (1)");
        });
        assertThat(said.trips()).isEqualTo(1);
        assertThat(said.commits()).isEqualTo(1);
    }

    private interface Work {
        void run() throws SQLException;
    }

    private SqlCounts said(Work work) {
        return counter.during(() -> {
            try {
                work.run();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
