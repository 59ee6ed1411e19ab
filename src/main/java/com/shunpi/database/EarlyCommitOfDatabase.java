package com.shunpi.database;

import com.shunpi.shared.EarlyCommit;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** PostgreSQL is told in the statement itself, which saves a round trip; the connection to an H2 file is ours. */
@Component
class EarlyCommitOfDatabase implements EarlyCommit {

    private static final String TRUE = "true";
    /** Until the transaction ends. */
    private static final String ON_POSTGRESQL = "set_config('synchronous_commit', 'off', true) = 'off'";

    private final DataSource dataSource;

    EarlyCommitOfDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String condition() {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            if (connection.isWrapperFor(DurableConnection.Early.class)) {
                connection.unwrap(DurableConnection.Early.class).commitEarly();
                return TRUE;
            }
            return isPostgresql(connection) ? ON_POSTGRESQL : TRUE;
        } catch (SQLException e) {
            // then it waits
            return TRUE;
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private static boolean isPostgresql(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }
}
