package com.shunpi.decision;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/**
 * Refuses every change and removal of a decision on H2 (A1), whoever asks: our code, a console, a script. Public because
 * the database makes the instance. PostgreSQL has the same trigger in its own language.
 */
public final class AppendOnlyTrigger implements Trigger {

    @Override
    public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
        throw new SQLException(
                "decision_record is append-only: " + (newRow == null ? "DELETE" : "UPDATE") + " refused", "45000");
    }
}
