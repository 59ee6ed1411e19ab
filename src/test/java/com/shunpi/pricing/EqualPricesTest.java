package com.shunpi.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.MutableClock;
import com.shunpi.TestDatabase;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** P7: the approver sees what others of the class buy the product at today, and nothing else. */
class EqualPricesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void onlyRunningAgreementsOfOthersOfTheSameClassCount(TestDatabase database) {
        JdbcClient jdbc = JdbcClient.create(database.migrated());
        AgreementRaceTest.prepare(jdbc);
        for (String[] other : new String[][] {{"D", "B"}, {"E", "A"}}) {
            jdbc.sql("insert into customer (code, version, name, grade, discount, payment_terms, credit_limit,"
                            + " credit_days, blocked) values (?, 0, ?, ?, 1, 'credit', 0, 30, false)")
                    .params(other[0], other[0], other[1])
                    .update();
        }
        PriceAgreements agreements = new PriceAgreements(jdbc, new MutableClock());
        add(agreements, "D", "91.00", TODAY.minusDays(9), TODAY.minusDays(1));
        add(agreements, "D", "92.00", TODAY.plusDays(1), TODAY.plusDays(9));
        add(agreements, "D", "93.00", TODAY, TODAY);
        add(agreements, "D", "94.00", TODAY.minusDays(9), TODAY.plusDays(9));
        add(agreements, "C", "95.00", TODAY, TODAY);
        add(agreements, "E", "96.00", TODAY, TODAY);
        // used up: nobody buys at this price any more
        jdbc.sql("update price_agreement set drawn = quantity where floor_price = 94")
                .update();

        assertThat(agreements.ofClass("B", "C", List.of("P")))
                .extracting(PriceAgreements.Agreement::floorPrice)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("93.00"));
    }

    private static void add(PriceAgreements agreements, String customer, String price, LocalDate from, LocalDate to) {
        BigDecimal list = new BigDecimal("100.0000");
        agreements.add("SP-1", customer, new PricedLine("P", 5, list, list, new BigDecimal(price)), from, to);
    }
}
