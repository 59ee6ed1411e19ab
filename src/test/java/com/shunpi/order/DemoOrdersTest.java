package com.shunpi.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who starts the demo finds an order in every state, and one for every reason that can hold it. */
@ShunpiTest
class DemoOrdersTest {

    @Autowired
    private OrderDesk desk;

    @Autowired
    private BeanFactory beans;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    @Test
    void thereIsAnOrderInEveryState() {
        clock.reset();
        desk.loadDemo(beans);
        assertThat(words("select distinct status from sales_order where source = 'demo'"))
                .containsExactlyInAnyOrderElementsOf(
                        Set.of(OrderStatus.values()).stream().map(Enum::name).toList());
        assertThat(words("select distinct h.reason from order_hold h join sales_order o"
                        + " on o.order_number = h.order_number where o.source = 'demo' and o.status in"
                        + " ('HELD', 'RETURNED')"))
                .contains("INCOMPLETE", "PRICE", "PAYMENT", "OVERDUE", "STOCK");
    }

    private Set<String> words(String sql) {
        return jdbc.sql(sql).query(String.class).list().stream().collect(Collectors.toSet());
    }
}
