package com.shunpi.workflow;

import com.shunpi.shared.RefusedException;
import java.sql.SQLException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/** The record delegate of the process {@code guarded}, which stands for all of ours in tests. */
@Component
class GuardedRecord implements TaskListener {

    /** A decision in the middle of which the connection breaks. */
    static final String DATABASE_GOES = "database-goes";

    private final CurrentActor actor;

    GuardedRecord(CurrentActor actor) {
        this.actor = actor;
    }

    @Override
    public void notify(DelegateTask task) {
        String who = actor.id();
        Object decision = task.getVariable("decision");
        if ("refuse-me".equals(decision)) {
            throw RefusedException.conflict("他人刚刚修改了同一单据。");
        }
        if (DATABASE_GOES.equals(decision)) {
            throw new DataAccessResourceFailureException("commit", new SQLException("connection lost", "08006"));
        }
        CaseVariables.outcome(task.getExecution(), "approve".equals(decision) ? "approved" : "rejected");
        task.setVariable("documentNumber", "by-" + who);
    }
}
