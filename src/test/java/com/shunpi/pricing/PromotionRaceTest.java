package com.shunpi.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.MutableClock;
import com.shunpi.TestDatabase;
import com.shunpi.masterdata.Grade;
import java.math.BigDecimal;
import java.time.LocalDate;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** P8: two orders never overdraw the budget of a promotion together, on either database. */
class PromotionRaceTest {

    private static final int ROUNDS = 50;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ofTwoOrdersForTheLastOfTheBudgetOneGetsIt(TestDatabase database) throws Exception {
        DataSource dataSource = database.migrated();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        Promotions promotions = new Promotions(jdbc, new MutableClock());
        SpecialPrices service =
                new SpecialPrices(null, null, promotions, null, null, null, null, null, null, null, null);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String promotion = prepare(jdbc, round);
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Boolean>> orders = new ArrayList<>();
                for (String order : List.of("SO-A" + round, "SO-B" + round)) {
                    orders.add(threads.submit(() -> {
                        start.await();
                        return transaction.execute(status -> {
                            boolean drawn = service.drawPromotions(
                                    order, Map.of(promotion, new BigDecimal("50.00")), "assistant2");
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
                assertThat(jdbc.sql("select used from promotion where request_number = ?")
                                .param(promotion)
                                .query(BigDecimal.class)
                                .single())
                        .isEqualByComparingTo("50");
                assertThat(jdbc.sql("select sum(amount) from promotion_entry where request_number = ?")
                                .param(promotion)
                                .query(BigDecimal.class)
                                .single())
                        .isEqualByComparingTo("50");
            }
        } finally {
            threads.shutdownNow();
        }
        // what is used up lowers no price any more
        jdbc.sql("insert into product (code, version, name, list_price, cost_price, stock, reserved, discontinued)"
                        + " values ('P', 0, 'P', 100, 50, 0, 0, false)")
                .update();
        jdbc.sql("insert into special_price_grade (request_number, grade) values ('SP-0', 'B')")
                .update();
        jdbc.sql("insert into promotion_price (request_number, product_code, price) values ('SP-0', 'P', 80)")
                .update();
        assertThat(promotions.lowest(Grade.B, "P")).isPresent();
        assertThat(promotions.lowest(Grade.C, "P")).isEmpty();
        jdbc.sql("update promotion set used = budget where request_number = 'SP-0'")
                .update();
        assertThat(promotions.lowest(Grade.B, "P")).isEmpty();
    }

    /** A budget of 80, of which each order wants 50. */
    private static String prepare(JdbcClient jdbc, int round) {
        String number = "SP-" + round;
        jdbc.sql("insert into special_price_request (request_number, version, kind, requested_by, requested_at, state,"
                        + " budget) values (?, 0, 'PROMOTION', 'rep1', current_timestamp, 'APPROVED', 80)")
                .param(number)
                .update();
        jdbc.sql("insert into promotion (request_number, budget, used, valid_from, valid_to)"
                        + " values (?, 80, 0, ?, ?)")
                .params(number, LocalDate.of(2026, 11, 1), LocalDate.of(2026, 12, 1))
                .update();
        return number;
    }
}
