package com.shunpi.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.ShunpiTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** R6: numbers are unique and their documents are kept, however little is waited for. */
@ShunpiTest
class DocumentNumbersTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    EarlyCommit earlyCommit;

    @Autowired
    DataSource dataSource;

    @Autowired
    Clock clock;

    private final AtomicInteger early = new AtomicInteger();
    private DocumentNumbers numbers;

    @BeforeEach
    void counted() {
        numbers = new DocumentNumbers(
                jdbc,
                transaction,
                () -> {
                    early.incrementAndGet();
                    return earlyCommit.condition();
                },
                clock);
    }

    @Test
    void aDocumentWaitsForTheDiskWithTheNumberThatIsDrawnWithinItsTransaction() {
        transaction.executeWithoutResult(status -> {
            numbers.next("SO");
            assertThat(early).hasValue(0);
        });
    }

    @Test
    void aNumberDrawnByItselfWaitsForNothing() {
        numbers.next("SO");

        assertThat(early).hasValue(1);
    }

    @Test
    void numbersAreDrawnInARow() {
        List<String> drawn = numbers.next("SO", 3);

        int first = last(drawn.get(0));
        assertThat(drawn).extracting(DocumentNumbersTest::last).containsExactly(first, first + 1, first + 2);
        assertThat(last(numbers.next("SO"))).isEqualTo(first + 3);
        assertThat(drawn).allMatch(number -> number.matches("SO-\\d{8}-\\d{4,}"));
    }

    private static int last(String number) {
        return Integer.parseInt(number.substring(number.lastIndexOf('-') + 1));
    }

    @Test
    @EnabledIfSystemProperty(named = "shunpi.test.database", matches = "postgresql")
    void postgresqlEndsThatTransactionEarlyAndNoOther() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // the one of the tests waits for no disk at all
            statement.execute("set synchronous_commit = on");
            connection.setAutoCommit(false);
            statement.executeUpdate("update document_number set last_number = last_number where prefix = 'SO' and "
                    + earlyCommit.condition());
            assertThat(synchronousCommit(statement)).isEqualTo("off");
            connection.commit();

            assertThat(synchronousCommit(statement)).as("the next one waits").isEqualTo("on");
            statement.execute("reset synchronous_commit");
            connection.commit();
        }
    }

    private static String synchronousCommit(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select current_setting('synchronous_commit')")) {
            row.next();
            return row.getString(1);
        }
    }
}
