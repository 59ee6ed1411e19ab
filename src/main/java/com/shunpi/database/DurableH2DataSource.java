package com.shunpi.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** An H2 file that keeps what it acknowledged, also when the process is killed or the power fails. */
final class DurableH2DataSource extends AbstractDataSource {

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final GroupSync disk = new GroupSync();

    DurableH2DataSource(String url, String user, String password) {
        h2.setURL(url);
        h2.setUser(user);
        h2.setPassword(password);
    }

    /** Whether the address names a file of this process, and neither memory nor a server. */
    static boolean isFile(String url) {
        return url != null && url.startsWith("jdbc:h2:") && !url.matches("jdbc:h2:(mem|tcp|ssl|zip):.*");
    }

    @Override
    public Connection getConnection() throws SQLException {
        return DurableConnection.of(h2.getConnection(), disk);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return DurableConnection.of(h2.getConnection(user, password), disk);
    }
}
