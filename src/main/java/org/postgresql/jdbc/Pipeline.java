package org.postgresql.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;

/**
 * Sends the batches of several statements in one round trip. PostgreSQL's protocol takes different statements one after the other
 * without waiting, and the driver does so with the rows of one batch; JDBC has no words for more. Hence this class lives in the
 * driver's package: it takes what the statements have gathered, and gives it to the driver as one batch.
 */
public final class Pipeline {

    private Pipeline() {}

    /**
     * Executes what has been added to the batches, in the order of the list, and empties them. Nothing that returns rows may be
     * among it.
     *
     * @param batches statements of this driver, on one connection in a transaction, each with at least one row
     * @return rows changed by each row of each batch, in order
     * @throws IllegalStateException outside a transaction, where each of them would be kept by itself
     * @throws BatchUpdateException if one of them fails; it knows the counts of those before it, and its next exception is what
     *     the database said
     * @throws SQLException if the connection is no more
     */
    public static int[] send(List<? extends Statement> batches) throws SQLException {
        PgConnection connection = batches.get(0).getConnection().unwrap(PgConnection.class);
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("in no transaction");
        }
        List<Query> queries = new ArrayList<>();
        List<ParameterList> parameters = new ArrayList<>();
        for (Statement batch : batches) {
            PgStatement statement = batch.unwrap(PgStatement.class);
            queries.addAll(statement.batchStatements);
            parameters.addAll(statement.batchParameters);
            statement.clearBatch();
        }
        PgStatement first = batches.get(0).unwrap(PgStatement.class);
        Counts counts = new Counts(first, queries.toArray(Query[]::new), parameters.toArray(ParameterList[]::new));
        connection
                .getQueryExecutor()
                .execute(
                        counts.queries,
                        counts.parameters,
                        counts,
                        0,
                        0,
                        QueryExecutor.QUERY_NO_RESULTS | QueryExecutor.QUERY_NO_METADATA);
        return counts.ofRows;
    }

    /** The driver's own handler forgets the counts when a row fails, and does not say which one it was. */
    private static final class Counts extends BatchResultHandler {

        private final Query[] queries;
        private final ParameterList[] parameters;
        private final int[] ofRows;
        private int done;
        private SQLException failure;

        Counts(PgStatement first, Query[] queries, ParameterList[] parameters) {
            super(first, queries, parameters, false);
            this.queries = queries;
            this.parameters = parameters;
            this.ofRows = new int[queries.length];
        }

        @Override
        public void handleCommandStatus(String status, long changed, long oid) {
            ofRows[done++] = Math.toIntExact(changed);
        }

        @Override
        public void handleError(SQLException error) {
            if (failure == null) {
                failure = error;
            }
        }

        @Override
        public SQLException getException() {
            return failure;
        }

        @Override
        public void handleCompletion() throws SQLException {
            if (failure != null) {
                BatchUpdateException failed = new BatchUpdateException(
                        failure.getMessage(),
                        failure.getSQLState(),
                        failure.getErrorCode(),
                        Arrays.copyOf(ofRows, done),
                        failure);
                failed.setNextException(failure);
                throw failed;
            }
        }
    }
}
