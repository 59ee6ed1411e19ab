package com.shunpi.database;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Connections of a pool live half an hour, a constraint as long as its table. H2 2.4.240 refuses every row from the moment the
 * connection that has made a {@code CHECK … IN …} is closed, unless the file has been opened anew in between.
 */
class ConstraintOutlivesConnectionTest {

    @Test
    void aCheckStandsWhenTheConnectionsOfTheFirstStartAreClosed(@TempDir Path folder) {
        String url = "jdbc:h2:file:" + folder.resolve("first");
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class))
                .withUserConfiguration(DurableH2Configuration.class)
                .withPropertyValues(
                        "spring.datasource.url=" + url,
                        "spring.datasource.username=sa",
                        "spring.datasource.generate-unique-name=false",
                        "spring.flyway.locations=classpath:db/migration,classpath:db/vendor/{vendor}")
                .run(context -> {
                    HikariDataSource pool = context.getBean(HikariDataSource.class);
                    pool.getConnection().close();
                    try (Connection other = DriverManager.getConnection(url, "sa", "");
                            Statement statement = other.createStatement()) {
                        pool.close();
                        assertThatCode(() -> statement.execute(
                                        "insert into import_job values ('1', 'orders', 'a', 'a.csv', 'queued', 0, 0, 0, 0, 0,"
                                                + " null, current_timestamp, current_timestamp)"))
                                .doesNotThrowAnyException();
                    }
                });
    }
}
