package com.shunpi.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** T1: no more comes back than was delivered, however many apply at once, on either database. */
class ReturnLedgerTest {

    private static final int ROUNDS = 30;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ofTwoApplicationsForTheLastUnitOneGetsIt(TestDatabase database) throws Exception {
        DataSource dataSource = database.migrated();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        ReturnLedger ledger = new ReturnLedger(jdbc);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String order = "SO-" + round;
                transaction.executeWithoutResult(status -> ledger.take(order, 0, 3, 2));
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Boolean>> applications = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    applications.add(threads.submit(() -> {
                        start.await();
                        return transaction.execute(status -> ledger.take(order, 0, 3, 1));
                    }));
                }
                assertThat(List.of(
                                applications.get(0).get(), applications.get(1).get()))
                        .as("round " + round)
                        .containsExactlyInAnyOrder(true, false);
                Map<Integer, Integer> taken = transaction.execute(status -> ledger.taken(order));
                assertThat(taken).isEqualTo(Map.of(0, 3));
            }
        } finally {
            threads.shutdownNow();
        }
        // the constraint says it once more
        assertThatThrownBy(() -> jdbc.sql("update return_ledger set taken = 4 where order_number = 'SO-0'")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> jdbc.sql("update return_ledger set taken = -1 where order_number = 'SO-0'")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }
}
