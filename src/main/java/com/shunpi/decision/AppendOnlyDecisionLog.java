package com.shunpi.decision;

import com.shunpi.shared.RefusedException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The book kept in {@code decision_record} (A1); triggers of the database refuse any change. */
@Service
class AppendOnlyDecisionLog implements DecisionLog {

    private static final int MAX_COMMENT = 4000;

    private static final String APPEND = "insert into decision_record (case_number, document_number, process,"
            + " process_version, step, step_name, actor, on_behalf_of, choice, comment, facts, decided_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final DecisionRecords records;
    private final JdbcClient jdbc;

    AppendOnlyDecisionLog(DecisionRecords records, JdbcClient jdbc) {
        this.records = records;
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
        // a tenth of what an approval took was Hibernate with this one row, which nobody looks at again in its
        // transaction
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
        return records.about(number).stream()
                .map(row -> row.toDecision(FactsJson.read(row.facts())))
                .toList();
    }
}
