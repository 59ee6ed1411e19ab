package com.shunpi.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.ShunpiTest;
import com.shunpi.order.OrderDesk;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who starts the demo finds returns that wait for an answer, for goods, for the general manager, and for a replacement. */
@ShunpiTest
class DemoReturnsTest {

    @Autowired
    private DemoReturns demo;

    @Autowired
    private OrderDesk orders;

    @Autowired
    private BeanFactory beans;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void thereAreReturnsInSeveralStates() {
        orders.loadDemo(beans);
        demo.load();
        assertThat(jdbc.sql("select external_number || ' ' || status from return_case where source = 'demo'"
                                + " order by external_number")
                        .query(String.class)
                        .list())
                .containsExactly("DR-1 APPLIED", "DR-2 AWAITED", "DR-3 PROPOSED", "DR-4 SETTLING");
        assertThat(jdbc.sql("select a.role_group from return_approval a join return_case r"
                                + " on r.return_number = a.return_number"
                                + " where r.external_number = 'DR-3' and a.state = 'PENDING'")
                        .query(String.class)
                        .list())
                .contains("general-manager");
    }
}
