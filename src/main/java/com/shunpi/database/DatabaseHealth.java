package com.shunpi.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers, and soon: Spring Boot's own indicator, whose place this takes, waits as long as a frozen
 * server does. Of an H2 file also whether its disk has room left.
 */
@Component("dbHealthContributor")
class DatabaseHealth implements HealthIndicator {

    private static final int SECONDS = 3;

    private final DataSource dataSource;
    private final Optional<DiskRoom> room;

    DatabaseHealth(DataSource dataSource, @Value("${spring.datasource.url:}") String url) {
        this.dataSource = dataSource;
        this.room = DurableH2DataSource.folderOf(url).map(DiskRoom::new);
    }

    @Override
    public Health health() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(SECONDS) && hasRoom()
                    ? Health.up().build()
                    : Health.down().build();
        } catch (SQLException e) {
            return Health.down(e).build();
        }
    }

    private boolean hasRoom() {
        return room.isEmpty() || room.get().isThere();
    }
}
