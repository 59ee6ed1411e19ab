package com.shunpi.decision;

import com.shunpi.shared.RefusedException;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The book kept in {@code decision_record} (A1); triggers of the database refuse any change. */
@Service
class AppendOnlyDecisionLog implements DecisionLog {

    private static final int MAX_COMMENT = 4000;

    private final DecisionRecords records;

    AppendOnlyDecisionLog(DecisionRecords records) {
        this.records = records;
    }

    /** Mandatory: a decision written outside the transaction of its effect could outlive it. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(Decision decision) {
        String comment = decision.comment();
        if (comment != null && comment.length() > MAX_COMMENT) {
            throw RefusedException.invalid("comment", "意见不能超过 " + MAX_COMMENT + " 个字，现有 " + comment.length() + " 个字。");
        }
        records.save(new DecisionRecord(decision, FactsJson.write(decision.facts())));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Decision> of(String number) {
        return records.about(number).stream()
                .map(row -> row.toDecision(FactsJson.read(row.facts())))
                .toList();
    }
}
