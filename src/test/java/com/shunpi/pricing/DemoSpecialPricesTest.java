package com.shunpi.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.ShunpiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who starts the demo finds an agreement to draw on, and a request that waits for the manager. */
@ShunpiTest
class DemoSpecialPricesTest {

    @Autowired
    private DemoSpecialPrices demo;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void thereIsAnAgreementAndARequestThatWaits() {
        demo.load();
        assertThat(jdbc.sql("select floor_price from price_agreement where customer_code = 'KH002' and drawn = 0"
                                + " and product_code = 'TT-201'")
                        .query(String.class)
                        .list())
                .contains("310.0000");
        assertThat(jdbc.sql("select a.role_group from special_price_approval a join special_price_request r"
                                + " on r.request_number = a.request_number"
                                + " where r.customer_code = 'KH006' and r.state = 'OPEN' and a.state = 'PENDING'")
                        .query(String.class)
                        .list())
                .contains("sales-manager");
    }
}
