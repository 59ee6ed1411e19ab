package com.shunpi;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Receipts that were booked before there were allocations pay the same invoices afterwards, and none beyond its amount (C6). */
class AllocationMigrationTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatWasBookedBeforeIsAllocated(TestDatabase database) {
        DataSource dataSource = database.empty();
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations(
                        "classpath:db/migration",
                        "classpath:db/vendor/" + database.name().toLowerCase());
        flyway.target("12").load().migrate();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        jdbc.sql("insert into customer (code, version, name, grade, discount, payment_terms, credit_limit, credit_days,"
                        + " blocked) values ('C', 0, 'C', 'B', 1, 'credit', 0, 30, false)")
                .update();
        invoice(jdbc, "I1", null, 120);
        // the last 20 came after the invoice and were not booked on it
        invoice(jdbc, "I2", "SO-1", 60);
        payment(jdbc, "B1", "I1", null, 70, 1);
        payment(jdbc, "B2", "I1", null, 50, 2);
        payment(jdbc, "B3", null, "SO-1", 80, 3);
        payment(jdbc, "B4", null, "SO-2", 40, 4);
        payment(jdbc, "B5", null, null, 30, 5);

        flyway.target("latest").load().migrate();

        assertThat(jdbc.sql("select bank_reference, invoice_number, amount from payment_allocation order by 1")
                        .query((row, n) -> row.getString(1) + " " + row.getString(2) + " "
                                + row.getBigDecimal(3).intValue())
                        .list())
                .containsExactly("B1 I1 70", "B2 I1 30", "B3 I2 80");
        assertThat(jdbc.sql("select invoice_number, paid from invoice order by 1")
                        .query((row, n) ->
                                row.getString(1) + " " + row.getBigDecimal(2).intValue())
                        .list())
                .containsExactly("I1 100", "I2 80");
        assertThat(jdbc.sql("select bank_reference, allocated from payment order by 1")
                        .query((row, n) ->
                                row.getString(1) + " " + row.getBigDecimal(2).intValue())
                        .list())
                .containsExactly("B1 70", "B2 30", "B3 80", "B4 0", "B5 0");
    }

    /** @param paid as the first version counted it, which could be more than was owed */
    private static void invoice(JdbcClient jdbc, String number, String order, int paid) {
        jdbc.sql(
                        "insert into invoice (invoice_number, version, customer_code, order_number, invoice_date, due_date, amount,"
                                + " paid, disputed) values (?, 0, 'C', ?, date '2026-01-01', date '2026-01-31', 100, ?, false)")
                .param(number)
                .param(order)
                .param(paid)
                .update();
    }

    private static void payment(
            JdbcClient jdbc, String reference, String invoice, String order, int amount, int minute) {
        jdbc.sql("insert into payment (bank_reference, version, customer_code, invoice_number, order_number, amount,"
                        + " received_on, recorded_by, recorded_at) values (?, 0, 'C', ?, ?, ?, date '2026-01-10', 'finance1',"
                        + " timestamp with time zone '2026-01-10 00:0" + minute + ":00+00')")
                .param(reference)
                .param(invoice)
                .param(order)
                .param(amount)
                .update();
    }
}
