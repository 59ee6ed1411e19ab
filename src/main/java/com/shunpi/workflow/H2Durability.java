package com.shunpi.workflow;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Makes a commit on the embedded H2 file mean what it says. By itself H2 writes half a second later, and a process that
 * is killed in between loses what it has acknowledged. So each transaction forces its data to the disk before its caller
 * hears of success. (H2's own {@code WRITE_DELAY=0} does it too, but stops the compaction, and the file grows without
 * end.)
 */
@Component
@ConditionalOnExpression("'${spring.datasource.url:}'.startsWith('jdbc:h2:') "
        + "and not '${spring.datasource.url:}'.startsWith('jdbc:h2:mem:')")
class H2Durability implements TransactionExecutionListener {

    private final JdbcTemplate jdbc;

    H2Durability(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    @Override
    public void afterCommit(TransactionExecution transaction, Throwable commitFailure) {
        if (commitFailure == null && !transaction.isReadOnly()) {
            // on the transaction's own connection, which is still bound; writes nothing where nothing has changed
            jdbc.execute("checkpoint sync");
        }
    }
}
