package com.shunpi.workflow;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.executor.BatchExecutor;
import org.apache.ibatis.executor.BatchExecutorException;
import org.apache.ibatis.executor.BatchResult;
import org.apache.ibatis.executor.statement.StatementHandler;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.plugin.Interceptor;
import org.apache.ibatis.plugin.Invocation;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.transaction.Transaction;
import org.postgresql.jdbc.Pipeline;

/**
 * Writes all that a command of the engine has changed in one round trip to PostgreSQL, where MyBatis takes one for each kind of
 * change: a step of a case changes ten to fifteen tables.
 */
final class PipelineExecutor extends BatchExecutor {

    private final List<Statement> batches = new ArrayList<>();
    private MappedStatement mapped;
    private String sql;

    private PipelineExecutor(Configuration configuration, Transaction transaction) {
        super(configuration, transaction);
    }

    /** To be called before the first session is opened. */
    static void install(Configuration configuration) {
        // the mappings have no caches; and what keeps them would be in the way
        configuration.setCacheEnabled(false);
        configuration.addInterceptor(new Interceptor() {

            @Override
            public Object plugin(Object made) {
                return made instanceof BatchExecutor batching
                        ? new PipelineExecutor(configuration, batching.getTransaction())
                        : made;
            }

            @Override
            public Object intercept(Invocation invocation) {
                throw new IllegalStateException("nothing is intercepted");
            }
        });
    }

    @Override
    public int doUpdate(MappedStatement update, Object parameter) throws SQLException {
        StatementHandler handler =
                configuration.newStatementHandler(this, update, parameter, RowBounds.DEFAULT, null, null);
        String next = handler.getBoundSql().getSql();
        if (!next.equals(sql)) {
            batches.add(handler.prepare(getConnection(update.getStatementLog()), transaction.getTimeout()));
            sql = next;
            mapped = update;
        }
        Statement batch = batches.get(batches.size() - 1);
        handler.parameterize(batch);
        handler.batch(batch);
        return BATCH_UPDATE_RETURN_VALUE;
    }

    /** @return all of it as one batch; the engine counts rows and not batches */
    @Override
    public List<BatchResult> doFlushStatements(boolean isRollback) throws SQLException {
        if (batches.isEmpty()) {
            return List.of();
        }
        BatchResult all = new BatchResult(mapped, sql);
        try {
            if (!isRollback) {
                all.setUpdateCounts(Pipeline.send(batches));
            }
        } catch (BatchUpdateException e) {
            throw new BatchExecutorException("Writing at once failed", e, List.of(), all);
        } finally {
            batches.forEach(this::closeStatement);
            batches.clear();
            sql = null;
        }
        return isRollback ? List.of() : List.of(all);
    }
}
