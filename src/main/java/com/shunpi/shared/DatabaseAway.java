package com.shunpi.shared;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.h2.mvstore.MVStoreException;

/**
 * Tells a database that is away, or cannot write, from a fault of ours: what it says passes by itself, and the same request
 * may succeed a minute later.
 */
public final class DatabaseAway {

    /** Classes of SQL states: connection lost, out of resources (a full disk, no connection left), shut down. */
    private static final Set<String> CLASSES = Set.of("08", "53", "57P", "58");

    /** H2: closed after a failed write, closed by somebody, input or output failed, the connection is broken. */
    private static final Set<Integer> H2 = Set.of(90098, 90121, 90028, 90031, 90067);

    /** The pool's own word, without a state, for a connection that broke before: seen when one rolls back. */
    private static final String CLOSED = "Connection is closed";

    private DatabaseAway() {}

    /** Whether that is what an exception comes from, however deep. */
    public static boolean isBehind(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // the second is H2's file, which could not be written to and is closed now
            if (cause instanceof SQLException failed && isAway(failed) || cause instanceof MVStoreException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAway(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || CLASSES.stream().anyMatch(state::startsWith)
                || H2.contains(e.getErrorCode())
                || CLOSED.equals(e.getMessage());
    }
}
