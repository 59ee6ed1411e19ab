package com.shunpi.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.CannotCreateTransactionException;

/** What passes by itself is told from what is wrong. */
class DatabaseAwayTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08001", // cannot connect
                "08006", // the connection broke, or nothing came for socketTimeout
                "53100", // disk full
                "53300", // too many connections
                "57P01", // shut down
                "57P03", // starting up
                "58030" // input or output failed
            })
    void aDatabaseThatIsAwayIsRecognised(String state) {
        SQLException e = new SQLException("x", state);
        assertThat(DatabaseAway.isBehind(new CannotCreateTransactionException("x", new RuntimeException(e))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "23505", // a key is taken
                "23514", // a constraint
                "40001", // outrun
                "42601", // our SQL is wrong
                "57014" // cancelled by somebody
            })
    void aFaultIsAFault(String state) {
        assertThat(DatabaseAway.isBehind(new IllegalStateException(new SQLException("x", state))))
                .isFalse();
    }

    @Test
    void whatPoolAndFileSayIsUnderstood() {
        assertThat(DatabaseAway.isBehind(new SQLTransientConnectionException("time-out")))
                .isTrue();
        assertThat(DatabaseAway.isBehind(new SQLException("Connection is closed")))
                .isTrue();
        assertThat(DatabaseAway.isBehind(new SQLException("closed", "90098", 90098)))
                .isTrue();
        assertThat(DatabaseAway.isBehind(
                        new SQLException("general", "HY000", 50000, new MVStoreException(2, "Writing failed"))))
                .isTrue();
        assertThat(DatabaseAway.isBehind(new IllegalStateException("other"))).isFalse();
    }
}
