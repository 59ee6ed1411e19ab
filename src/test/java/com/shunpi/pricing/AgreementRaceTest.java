package com.shunpi.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.MutableClock;
import com.shunpi.TestDatabase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** P5, N2: two orders never overdraw an agreement together, on either database. */
class AgreementRaceTest {

    private static final int ROUNDS = 50;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ofTwoOrdersForTheLastUnitsOneGetsThem(TestDatabase database) throws Exception {
        DataSource dataSource = database.migrated();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        PriceAgreements agreements = new PriceAgreements(jdbc, new MutableClock());
        SpecialPrices service =
                new SpecialPrices(null, agreements, null, null, null, null, null, null, null, null, null);
        prepare(jdbc);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                PricedLine five = line("90.00", 5);
                agreements.add("SP-1", "C", line("90.00", 8), LocalDate.of(2026, 11, 1), LocalDate.of(2026, 12, 1));
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Boolean>> orders = new ArrayList<>();
                for (String order : List.of("SO-A" + round, "SO-B" + round)) {
                    orders.add(threads.submit(() -> {
                        start.await();
                        return transaction.execute(status -> {
                            boolean drawn = service.drawDown(order, "C", List.of(five), "assistant2");
                            if (!drawn) {
                                status.setRollbackOnly();
                            }
                            return drawn;
                        });
                    }));
                }
                assertThat(List.of(orders.get(0).get(), orders.get(1).get()))
                        .as("round " + round)
                        .containsExactlyInAnyOrder(true, false);
                assertThat(jdbc.sql("select drawn from price_agreement order by id desc fetch first row only")
                                .query(Integer.class)
                                .single())
                        .isEqualTo(5);
                // the three that are left are not for the next round
                jdbc.sql("update price_agreement set quantity = drawn").update();
            }
            assertThat(jdbc.sql("select sum(quantity) from price_agreement_entry")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(5 * ROUNDS);
        } finally {
            threads.shutdownNow();
        }
    }

    private static PricedLine line(String price, int quantity) {
        BigDecimal list = new BigDecimal("100.0000");
        return new PricedLine("P", quantity, list, list, new BigDecimal(price));
    }

    static void prepare(JdbcClient jdbc) {
        jdbc.sql("insert into customer (code, version, name, grade, discount, payment_terms, credit_limit, credit_days,"
                        + " blocked) values ('C', 0, 'C', 'B', 1, 'credit', 0, 30, false)")
                .update();
        jdbc.sql("insert into product (code, version, name, list_price, cost_price, stock, reserved, discontinued)"
                        + " values ('P', 0, 'P', 100, 50, 0, 0, false)")
                .update();
        jdbc.sql(
                        "insert into special_price_request (request_number, version, kind, customer_code, requested_by,"
                                + " requested_at, state) values ('SP-1', 0, 'CUSTOMER', 'C', 'rep1', current_timestamp, 'APPROVED')")
                .update();
    }
}
