package com.shunpi;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.JdbcTemplate;

/** Both databases side by side, for what a test has to see on each of them without starting the application. */
public enum TestDatabase {
    H2 {
        @Override
        public DataSource empty() {
            return JdbcConnectionPool.create(
                    "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", "sa", "");
        }
    },
    POSTGRESQL {
        @Override
        public DataSource empty() {
            EmbeddedPostgres server = Server.INSTANCE;
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            new JdbcTemplate(server.getPostgresDatabase()).execute("create database " + name);
            return server.getDatabase("postgres", name);
        }
    };

    public abstract DataSource empty();

    /** A database of its own with all our migrations, and nothing of the engine's. */
    public DataSource migrated() {
        DataSource dataSource = empty();
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration", "classpath:db/vendor/" + name().toLowerCase())
                .load()
                .migrate();
        return dataSource;
    }

    private static final class Server {

        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
