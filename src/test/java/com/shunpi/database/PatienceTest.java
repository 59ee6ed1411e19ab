package com.shunpi.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.intThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.shunpi.TestDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nobody waits for ever for a database that does not answer. */
class PatienceTest {

    @Test
    void theDriverOfPostgresqlHasLimitsAndKeepsThoseOfTheInstallation() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:postgresql://db.example/shunpi");
            pool.addDataSourceProperty("socketTimeout", "600");

            PostgresqlConfiguration.impatientPostgresql().postProcessBeforeInitialization(pool, "dataSource");

            assertThat(pool.getDataSourceProperties())
                    .containsEntry("socketTimeout", "600")
                    .containsEntry("connectTimeout", "5")
                    .containsEntry("loginTimeout", "8");
        }
    }

    @Test
    void whoHangsInATransactionLosesHisLocks() throws SQLException {
        DataSource server = TestDatabase.POSTGRESQL.empty();
        String url;
        try (Connection connection = server.getConnection()) {
            url = connection.getMetaData().getURL();
        }
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(url);
            pool.setUsername("postgres");
            PostgresqlConfiguration.impatientPostgresql().postProcessBeforeInitialization(pool, "dataSource");
            assertThat(JdbcClient.create(pool)
                            .sql("show idle_in_transaction_session_timeout")
                            .query(String.class)
                            .single())
                    .isEqualTo("2min");
        }
    }

    @Test
    void onlyPostgresqlHasThem() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:h2:mem:x");
            PostgresqlConfiguration.impatientPostgresql().postProcessBeforeInitialization(pool, "dataSource");
            assertThat(pool.getDataSourceProperties()).isEmpty();
        }
    }

    @Test
    void theHealthCheckAsksWithALimit(@TempDir Path folder) throws SQLException {
        DataSource dataSource = mock(DataSource.class);
        Connection connection = mock(Connection.class);
        when(dataSource.getConnection()).thenReturn(connection);
        DatabaseHealth health = new DatabaseHealth(dataSource, "jdbc:h2:file:" + folder.resolve("shunpi"));

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        // zero would be for ever
        when(connection.isValid(intThat(seconds -> seconds > 0))).thenReturn(true);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        when(dataSource.getConnection()).thenThrow(new SQLException("away"));
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void theFileOfAnH2DatabaseIsFoundInItsAddress(@TempDir Path folder) {
        assertThat(DurableH2DataSource.folderOf("jdbc:h2:file:" + folder.resolve("shunpi") + ";LOCK_TIMEOUT=1"))
                .contains(folder);
        assertThat(DurableH2DataSource.folderOf("jdbc:h2:./data/shunpi"))
                .contains(Path.of("data").toAbsolutePath());
        assertThat(DurableH2DataSource.folderOf("jdbc:h2:~/shunpi")).contains(Path.of(System.getProperty("user.home")));
        assertThat(DurableH2DataSource.folderOf("jdbc:h2:mem:shunpi")).isEmpty();
        assertThat(DurableH2DataSource.folderOf("jdbc:postgresql://db/shunpi")).isEmpty();
    }
}
