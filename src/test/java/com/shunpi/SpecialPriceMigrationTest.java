package com.shunpi;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A house that worked with the first version keeps its requests, its agreements and what was drawn of them. */
class SpecialPriceMigrationTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatTheFirstVersionKeptIsThereAfterwards(TestDatabase database) {
        DataSource dataSource = database.empty();
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations(
                        "classpath:db/migration",
                        "classpath:db/vendor/" + database.name().toLowerCase());
        flyway.target("9").load().migrate();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        for (String row : new String[] {
            "insert into customer (code, version, name, grade, discount, payment_terms, credit_limit, credit_days, blocked)"
                    + " values ('C', 0, 'C', 'B', 1, 'credit', 0, 30, false)",
            "insert into product (code, version, name, list_price, cost_price, stock, reserved, discontinued)"
                    + " values ('P', 0, 'P', 100, 50, 0, 0, false)",
            "insert into sales_order (order_number, version, source, external_number, content_digest, customer_code,"
                    + " ordered_at, received_at, urgent, amount, status, entered_by, reviewed_by, verified_by, released_at)"
                    + " values ('SO-1', 0, 's', 'e', 'd', 'C', current_timestamp, current_timestamp, false, 1, 'RELEASED',"
                    + " 'assistant1', 'assistant1', 'assistant2', current_timestamp)",
            "insert into special_price_request (request_number, version, customer_code, order_number, requested_by,"
                    + " requested_at, status) values ('SP-1', 0, 'C', 'SO-1', 'assistant1', current_timestamp, 'APPROVED')",
            "insert into special_price_request (request_number, version, customer_code, order_number, requested_by,"
                    + " requested_at, status) values ('SP-2', 0, 'C', 'SO-1', 'assistant1', current_timestamp, 'OPEN')",
            "insert into special_price_line values ('SP-2', 0, 'P', 3, 100, 100, 90)",
            // the first version let one order ask twice
            "insert into special_price_request (request_number, version, customer_code, order_number, requested_by,"
                    + " requested_at, status) values ('SP-0', 0, 'C', 'SO-1', 'assistant1', current_timestamp, 'OPEN')",
            "insert into price_agreement (request_number, customer_code, product_code, floor_price, quantity, drawn,"
                    + " valid_from, valid_to) values ('SP-1', 'C', 'P', 90, 5, 3, current_date, current_date)",
            "insert into price_agreement_draw (agreement_id, order_number, quantity)"
                    + " select id, 'SO-1', 3 from price_agreement"
        }) {
            jdbc.sql(row).update();
        }

        flyway.target("latest").load().migrate();

        assertThat(jdbc.sql("select request_number || ' ' || kind || ' ' || state || ' ' || coalesce(open_order, '-')"
                                + " from special_price_request order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("SP-0 ORDER VOID -", "SP-1 ORDER APPROVED -", "SP-2 ORDER OPEN SO-1");
        assertThat(jdbc.sql("select requested_quantity from special_price_line where requested_price = 90")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
        // the manager of a case that is still open has his one step
        assertThat(jdbc.sql("select request_number || ' ' || role_group || ' ' || state from special_price_approval"
                                + " where request_number <> 'SP-0'")
                        .query(String.class)
                        .list())
                .containsExactly("SP-2 sales-manager PENDING");
        assertThat(jdbc.sql("select document_number || ' ' || quantity || ' ' || actor from price_agreement_entry")
                        .query(String.class)
                        .list())
                .containsExactly("SO-1 3 assistant2");
    }
}
