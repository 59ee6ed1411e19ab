package com.shunpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A house that worked with the first version keeps its verifications: decided ones as they were, open ones open. */
class VerificationMigrationTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatTheFirstVersionVerifiedIsThereAfterwards(TestDatabase database) {
        DataSource dataSource = database.empty();
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations(
                        "classpath:db/migration",
                        "classpath:db/vendor/" + database.name().toLowerCase());
        flyway.target("9").load().migrate();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        jdbc.sql("insert into customer (code, version, name, grade, discount, payment_terms, credit_limit, credit_days,"
                        + " blocked) values ('C', 0, 'C', 'B', 1, 'credit', 0, 30, false)")
                .update();
        order(jdbc, "SO-1", "RELEASED", "'assistant2'");
        order(jdbc, "SO-2", "HELD", "null");
        verification(jdbc, "DV-1", "SO-1", "ORDER_RELEASE", "AGREED", "'assistant2'");
        verification(jdbc, "DV-2", "SO-2", "ORDER_RELEASE", "MISMATCH", "'assistant2'");
        verification(jdbc, "DV-3", "SO-2", "ORDER_RELEASE", "VOID", "null");
        // the first version let one document be open twice
        verification(jdbc, "DV-4", "SO-2", "ORDER_RELEASE", "OPEN", "null");
        verification(jdbc, "DV-5", "SO-2", "ORDER_RELEASE", "OPEN", "null");
        verification(jdbc, "DV-6", "SO-1", "INVOICE", "OPEN", "null");
        jdbc.sql("insert into verification_party values ('DV-5', 'assistant1'), ('DV-6', 'finance1')")
                .update();

        flyway.target("latest").load().migrate();

        assertThat(jdbc.sql("select verification_number || ' ' || status || ' ' || coalesce(open_key, '-') || ' '"
                                + " || coalesce(verified_by, '-') || ' ' || coalesce(mismatch_by, '-')"
                                + " from verification order by 1")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "DV-1 AGREED - assistant2 -",
                        "DV-2 MISMATCH - assistant2 assistant2",
                        "DV-3 VOID - - -",
                        "DV-4 VOID - - -",
                        "DV-5 OPEN order-release/SO-2 - -",
                        "DV-6 OPEN invoice/SO-1 - -");
        // an open one can be decided, by whoever had no hand in it, and by nobody else (V1)
        assertThat(parties(jdbc, "DV-5")).containsExactly("assistant1");
        assertThatThrownBy(() -> decide(jdbc, "DV-5", "assistant1"))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(decide(jdbc, "DV-5", "assistant2")).isOne();
        // a released order is still released, with the verifier it had (R7)
        assertThat(jdbc.sql("select verified_by from sales_order where order_number = 'SO-1' and status = 'RELEASED'")
                        .query(String.class)
                        .single())
                .isEqualTo("assistant2");
    }

    private static void order(JdbcClient jdbc, String number, String status, String verifiedBy) {
        jdbc.sql("insert into sales_order (order_number, version, source, external_number, content_digest,"
                        + " customer_code, ordered_at, received_at, urgent, amount, status, entered_by, reviewed_by,"
                        + " verified_by) values (?, 0, 's', ?, 'd', 'C', current_timestamp, current_timestamp, false, 1,"
                        + " ?, 'assistant1', 'assistant1', " + verifiedBy + ")")
                .params(number, number, status)
                .update();
    }

    private static void verification(
            JdbcClient jdbc, String number, String document, String type, String status, String verifiedBy) {
        jdbc.sql("insert into verification (verification_number, version, document_type, document_number, fingerprint,"
                        + " prepared_by, status, opened_at, verified_by, verified_at)"
                        + " values (?, 0, ?, ?, 'f', 'assistant1', ?, current_timestamp, " + verifiedBy
                        + ", current_timestamp)")
                .params(number, type, document, status)
                .update();
    }

    private static List<String> parties(JdbcClient jdbc, String number) {
        return jdbc.sql("select user_id from verification_party where verification_number = ?")
                .param(number)
                .query(String.class)
                .list();
    }

    private static int decide(JdbcClient jdbc, String number, String verifier) {
        return jdbc.sql("update verification set status = 'AGREED', open_key = null, verified_by = ?"
                        + " where verification_number = ?")
                .params(verifier, number)
                .update();
    }
}
