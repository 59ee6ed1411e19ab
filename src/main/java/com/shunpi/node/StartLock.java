package com.shunpi.node;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * Lets one server at a time start on a PostgreSQL: migrations, the engine's tables, deployments, seeds and the demo company are
 * looked for and made where they are missing, and two who look at once would both make them. Held on a connection of its own
 * from the moment there is one until the application is ready; PostgreSQL gives it back when the server dies. An H2 file has
 * one server anyway.
 */
@Component
class StartLock implements BeanPostProcessor, ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(StartLock.class);

    /** "Shunpi" in ASCII; PostgreSQL counts these locks per database. */
    private static final long KEY = 0x5368756E7069L;

    private Connection held;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (held == null
                && bean instanceof HikariDataSource pool
                && pool.getJdbcUrl() != null
                && pool.getJdbcUrl().startsWith("jdbc:postgresql:")) {
            try {
                held = pool.getConnection();
                if (!ask(held, "select pg_try_advisory_lock(?)")) {
                    log.info("另一台服务器正在启动，等待其完成……");
                    ask(held, "select pg_advisory_lock(?) is not null");
                }
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot lock the database for the start", e);
            }
        }
        return bean;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (held != null) {
            try (Connection connection = held) {
                ask(connection, "select pg_advisory_unlock(?)");
            } catch (SQLException e) {
                // whoever broke the connection has given the lock back with it
                log.warn("The lock of the start was gone already: {}", e.getMessage());
            }
            held = null;
        }
    }

    private static boolean ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, KEY);
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }
}
