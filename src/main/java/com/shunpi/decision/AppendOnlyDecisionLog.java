package com.shunpi.decision;

import com.shunpi.shared.RefusedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The book kept in {@code decision_record} (A1); triggers of the database refuse any change. By JDBC: with one row that nobody
 * looks at again in its transaction Hibernate took a tenth of an approval.
 */
@Service
class AppendOnlyDecisionLog implements DecisionLog {

    private static final int MAX_COMMENT = 4000;

    private static final String APPEND = "insert into decision_record (case_number, document_number, process,"
            + " process_version, step, step_name, actor, on_behalf_of, choice, comment, facts, decided_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String SELECT =
            "select id, case_number, document_number, process, process_version, step, step_name,"
                    + " actor, on_behalf_of, choice, comment, facts, decided_at from decision_record where ";

    /**
     * For "or" H2 would read the whole table. By id, not by time: clocks of two servers may disagree, the order of writing does
     * not.
     */
    static final String ABOUT = SELECT + "case_number = :number union all " + SELECT
            + "document_number = :number and case_number <> :number order by id";

    private final JdbcClient jdbc;

    AppendOnlyDecisionLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Mandatory: a decision written outside the transaction of its effect could outlive it. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(Decision decision) {
        String comment = decision.comment();
        if (comment != null && comment.length() > MAX_COMMENT) {
            throw RefusedException.invalid("comment", "意见不能超过 " + MAX_COMMENT + " 个字，现有 " + comment.length() + " 个字。");
        }
        jdbc.sql(APPEND)
                .params(
                        decision.caseNumber(),
                        decision.documentNumber(),
                        decision.process(),
                        text(decision.processVersion()),
                        decision.step(),
                        decision.stepName(),
                        decision.actor(),
                        text(decision.onBehalfOf()),
                        decision.choice(),
                        text(comment),
                        FactsJson.write(decision.facts()),
                        decision.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** What may be null says its type. */
    private static SqlParameterValue text(String value) {
        return new SqlParameterValue(Types.VARCHAR, value);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Decision> of(String number) {
        return jdbc.sql(ABOUT)
                .param("number", number)
                .query(AppendOnlyDecisionLog::decision)
                .list();
    }

    private static Decision decision(ResultSet row, int number) throws SQLException {
        return new Decision(
                row.getString("case_number"),
                row.getString("document_number"),
                row.getString("process"),
                row.getString("process_version"),
                row.getString("step"),
                row.getString("step_name"),
                row.getString("actor"),
                row.getString("on_behalf_of"),
                row.getString("choice"),
                row.getString("comment"),
                FactsJson.read(row.getString("facts")),
                row.getObject("decided_at", OffsetDateTime.class).toInstant());
    }
}
