package com.shunpi.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Connections of a pool live half an hour, a constraint as long as its table. H2 2.4.240 refused every row from the moment
 * the connection that had made a {@code CHECK … IN …} was closed; this keeps such a version out.
 */
class ConstraintOutlivesConnectionTest {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @Test
    void aCheckStandsWhenTheConnectionThatMadeItIsClosed() throws SQLException {
        execute("create table o (status varchar(10), constraint c check (status not in ('A', 'B') or status = 'A'))");
        execute("insert into o values ('A')");
        assertThatThrownBy(() -> execute("insert into o values ('B')"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23513"));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
