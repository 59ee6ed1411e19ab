package com.shunpi.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.shunpi.MutableClock;
import com.shunpi.TestDatabase;
import java.math.BigDecimal;
import java.time.LocalDate;
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

/** N2: what a customer returns comes back to the agreement it was drawn from, on either database. */
class AgreementGiveBackTest {

    private JdbcClient jdbc;
    private PriceAgreements agreements;
    private TransactionTemplate transaction;

    private void on(TestDatabase database) {
        DataSource dataSource = database.migrated();
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        agreements = new PriceAgreements(jdbc, new MutableClock());
        AgreementRaceTest.prepare(jdbc);
        // the lower price is used last and comes back first
        add("90.00", 5);
        add("80.00", 10);
        List<PriceAgreements.Agreement> valid = agreements.valid("C", List.of("P"));
        agreements.draw(valid.get(0).id(), "SO-1", 5, "assistant2");
        agreements.draw(valid.get(1).id(), "SO-1", 3, "assistant2");
        agreements.draw(valid.get(1).id(), "SO-2", 2, "assistant2");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatDrewNothingGivesNothingBack(TestDatabase database) {
        on(database);
        back("SO-3", 4, "RT-1");
        agreements.giveBack("SO-1", Map.of("OTHER", 4), "RT-1", "finance1");
        agreements.giveBack("SO-1", Map.of(), "RT-1", "finance1");
        assertThat(remaining()).containsExactly(0, 5);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void neverMoreThanTheOrderDrew(TestDatabase database) {
        on(database);
        back("SO-1", 4, "RT-1");
        assertThat(remaining()).containsExactly(1, 8);
        // 100 units came back, of which the order had drawn four more
        back("SO-1", 100, "RT-2");
        assertThat(remaining()).containsExactly(5, 8);
        back("SO-1", 1, "RT-3");
        assertThat(remaining()).containsExactly(5, 8);
        assertThat(agreements.entries(ids()))
                .filteredOn(entry -> entry.quantity() < 0)
                .extracting(
                        PriceAgreements.Entry::documentNumber,
                        PriceAgreements.Entry::quantity,
                        PriceAgreements.Entry::caseNumber)
                .containsExactly(tuple("SO-1", -3, "RT-1"), tuple("SO-1", -1, "RT-1"), tuple("SO-1", -4, "RT-2"));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void twoCasesAtOnceGiveAUnitBackOnce(TestDatabase database) throws Exception {
        on(database);
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = List.of("RT-1", "RT-2").stream()
                    .<Future<?>>map(number -> threads.submit(() -> {
                        start.await();
                        transaction.executeWithoutResult(status -> back("SO-1", 8, number));
                        return null;
                    }))
                    .toList();
            for (Future<?> one : both) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(remaining()).containsExactly(5, 8);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothingComesBackWithoutACase(TestDatabase database) { // the table's constraint
        on(database);
        assertThatThrownBy(() -> back("SO-1", 1, null)).isInstanceOf(DataIntegrityViolationException.class);
    }

    private void back(String order, int quantity, String caseNumber) {
        agreements.giveBack(order, Map.of("P", quantity), caseNumber, "finance1");
    }

    private void add(String price, int quantity) {
        BigDecimal list = new BigDecimal("100.0000");
        agreements.add(
                "SP-1",
                "C",
                new PricedLine("P", quantity, list, list, new BigDecimal(price)),
                LocalDate.of(2026, 11, 1),
                LocalDate.of(2026, 12, 1));
    }

    private List<Long> ids() {
        return jdbc.sql("select id from price_agreement order by id")
                .query(Long.class)
                .list();
    }

    /** Of the dearer one, then of the cheaper one. */
    private List<Integer> remaining() {
        return jdbc.sql("select quantity - drawn from price_agreement order by floor_price desc")
                .query(Integer.class)
                .list();
    }
}
