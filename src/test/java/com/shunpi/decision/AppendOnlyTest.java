package com.shunpi.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** A1: a decision cannot be edited, not even by somebody who writes SQL. */
class AppendOnlyTest {

    @ParameterizedTest
    @EnumSource
    void theDatabaseRefusesToChangeOrRemoveADecision(TestDatabase database) {
        JdbcTemplate jdbc = new JdbcTemplate(database.migrated());
        jdbc.update(
                "insert into decision_record (case_number, document_number, process, step, step_name, actor, choice, facts, decided_at)"
                        + " values ('SO-1', 'SO-1', 'order-review', 'userTask_review', '审核订单', 'manager', 'reject', '{}',"
                        + " current_timestamp)");

        assertRefused(jdbc, "update decision_record set choice = 'approve'");
        assertRefused(jdbc, "update decision_record set actor = actor");
        assertRefused(jdbc, "delete from decision_record");
        // H2 refuses it as a referenced table, PostgreSQL by its own trigger, also with cascade
        assertRefused(jdbc, "truncate table decision_record" + (database == TestDatabase.H2 ? "" : " cascade"));

        assertThat(jdbc.queryForObject("select choice from decision_record", String.class))
                .isEqualTo("reject");
    }

    private static void assertRefused(JdbcTemplate jdbc, String sql) {
        assertThatThrownBy(() -> jdbc.execute(sql)).as(sql).isInstanceOf(DataAccessException.class);
    }
}
