package com.shunpi.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The book of decisions grows for years, and every step of a case looks into it: never by reading all of it. */
class DecisionsOfOneDocumentTest {

    @ParameterizedTest
    @EnumSource
    void theyAreFoundByAnIndex(TestDatabase database) {
        JdbcTemplate jdbc = new JdbcTemplate(database.migrated());
        jdbc.update(
                "insert into decision_record (case_number, document_number, process, step, step_name, actor, choice, facts,"
                        + " decided_at) select 'SO-' || n, 'INV-' || n, 'order-review', 'userTask_review', '审核订单', 'manager', 'approve',"
                        + " '{}', current_timestamp from generate_series(1, 5000) as numbers(n)");
        jdbc.execute("analyze");

        String plan = String.join(
                "\n",
                jdbc.queryForList(
                        "explain " + AppendOnlyDecisionLog.ABOUT.replace(":number", "'SO-77'"), String.class));

        assertThat(plan)
                .containsIgnoringCase("decision_record_case")
                .containsIgnoringCase("decision_record_document")
                .doesNotContain("tableScan", "Seq Scan");
    }
}
