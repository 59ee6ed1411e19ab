package com.shunpi;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.listener.lifecycle.JdbcLifecycleEventListenerAdapter;
import net.ttddyy.dsproxy.proxy.ProxyJdbcObject;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.postgresql.jdbc.PgConnection;

/**
 * Counts what is said to the database while a block of code runs, on whatever thread and connection. One block at a time: who
 * counts makes sure that nobody else works on the data source meanwhile.
 */
public final class SqlCounter {

    /** Connections in a transaction; true when something was written in it. */
    private final Map<String, Boolean> open = new HashMap<>();

    /** Prepared statements and their SQL, until they are closed. */
    private final Map<Object, String> prepared = new IdentityHashMap<>();

    /** Rows in the batches of prepared statements that have not been executed. */
    private final Map<Object, Integer> batched = new IdentityHashMap<>();

    private SqlCounts counts;

    /** The same data source, counted. */
    public DataSource count(DataSource database) {
        return ProxyDataSourceBuilder.create(database)
                .listener(new Executions())
                .listener(new Transactions())
                .build();
    }

    /** What the work says to the database. */
    public SqlCounts during(Runnable work) {
        SqlCounts[] said = new SqlCounts[1];
        during(said, () -> {
            work.run();
            return null;
        });
        return said[0];
    }

    /** @param said receives at its index 0 what the work says to the database */
    public <T> T during(SqlCounts[] said, Callable<T> work) {
        start();
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            said[0] = stop();
        }
    }

    private synchronized void start() {
        if (counts != null) {
            throw new IllegalStateException("somebody counts already");
        }
        counts = SqlCounts.NOTHING;
    }

    private synchronized SqlCounts stop() {
        SqlCounts said = counts;
        counts = null;
        return said;
    }

    private synchronized void prepared(Object statement, String sql) {
        prepared.put(statement, sql);
    }

    private synchronized void batched(Object statement) {
        batched.merge(statement, 1, Integer::sum);
    }

    /** Rows that a statement has in its batch at its end left in the round trip of a flush. */
    private synchronized void closed(Object statement) {
        String sql = prepared.remove(statement);
        Integer rows = batched.remove(statement);
        if (rows != null) {
            add(SqlCounts.Line.of(sql), 0, rows);
        }
    }

    private synchronized void forgetBatch(Object statement) {
        batched.remove(statement);
    }

    private synchronized void executed(String connection, boolean autoCommit, SqlCounts.Line line, int rows) {
        if (autoCommit) {
            // the database commits by itself, in the same round trip
            add(line, 1, rows);
            if (line.writes()) {
                add(SqlCounts.Line.COMMIT, 0, 0);
            }
            return;
        }
        open.merge(connection, line.writes(), Boolean::logicalOr);
        add(line, 1, rows);
    }

    private synchronized void ended(String connection, boolean committed) {
        Boolean wrote = open.remove(connection);
        // of a transaction without a statement the database hears nothing
        if (wrote != null) {
            add(
                    !committed
                            ? SqlCounts.Line.ROLLBACK
                            : wrote ? SqlCounts.Line.COMMIT : SqlCounts.Line.COMMIT_OF_READS,
                    1,
                    0);
        }
    }

    private void add(SqlCounts.Line line, int trips, int statements) {
        if (counts != null) {
            counts = counts.plus(line, new SqlCounts.Tally(1, trips, statements));
        }
    }

    private final class Executions implements QueryExecutionListener {

        @Override
        public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

        @Override
        public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            forgetBatch(execution.getStatement());
            try {
                executed(
                        execution.getConnectionId(),
                        execution.getStatement().getConnection().getAutoCommit(),
                        SqlCounts.Line.of(
                                queries.isEmpty() ? "" : queries.get(0).getQuery()),
                        execution.isBatch() ? execution.getBatchSize() : 1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final class Transactions extends JdbcLifecycleEventListenerAdapter {

        @Override
        public void afterCommit(MethodExecutionContext call) {
            ended(call.getConnectionInfo().getConnectionId(), call.getThrown() == null);
        }

        @Override
        public void afterRollback(MethodExecutionContext call) {
            if (call.getMethodArgs() == null || call.getMethodArgs().length == 0) {
                ended(call.getConnectionInfo().getConnectionId(), false);
            }
        }

        @Override
        public void beforeSetAutoCommit(MethodExecutionContext call) {
            // turning it on commits
            if (Boolean.TRUE.equals(call.getMethodArgs()[0])) {
                ended(call.getConnectionInfo().getConnectionId(), true);
            }
        }

        @Override
        public void afterPrepareStatement(MethodExecutionContext call) {
            prepared(((ProxyJdbcObject) call.getResult()).getTarget(), (String) call.getMethodArgs()[0]);
        }

        @Override
        public void afterAddBatch(MethodExecutionContext call) {
            if (call.getMethodArgs() == null || call.getMethodArgs().length == 0) {
                batched(call.getTarget());
            }
        }

        @Override
        public void afterClearBatch(MethodExecutionContext call) {
            forgetBatch(call.getTarget());
        }

        /** {@link org.postgresql.jdbc.Pipeline} passes by JDBC. */
        @Override
        public void beforeUnwrap(MethodExecutionContext call) {
            if (call.getMethodArgs()[0] == PgConnection.class) {
                executed(call.getConnectionInfo().getConnectionId(), false, SqlCounts.Line.FLUSH, 0);
            }
        }

        @Override
        public void afterSetSavepoint(MethodExecutionContext call) {
            savepoint(call);
        }

        @Override
        public void afterReleaseSavepoint(MethodExecutionContext call) {
            savepoint(call);
        }

        private void savepoint(MethodExecutionContext call) {
            executed(call.getConnectionInfo().getConnectionId(), false, SqlCounts.Line.SAVEPOINT, 0);
        }

        @Override
        public void beforeClose(MethodExecutionContext call) {
            // the pool rolls back what was left open
            if (call.getTarget() instanceof Statement) {
                closed(call.getTarget());
            } else if (call.getTarget() instanceof Connection) {
                ended(call.getConnectionInfo().getConnectionId(), false);
            }
        }
    }
}
