package com.shunpi.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.intake.DemoProgress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who starts the demo finds an order in every state, and one for every reason that can hold it. */
@ShunpiTest
class DemoOrdersTest {

    @Autowired
    private DemoOrders demo;

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    @Autowired
    private DemoProgress progress;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    @Test
    void thereIsAnOrderInEveryState() {
        clock.reset();
        demo.load();
        assertThat(words("select distinct status from sales_order where source = 'demo'"))
                .containsExactlyInAnyOrderElementsOf(
                        Set.of(OrderStatus.values()).stream().map(Enum::name).toList());
        assertThat(words("select distinct h.reason from order_hold h join sales_order o"
                        + " on o.order_number = h.order_number where o.source = 'demo' and o.status in"
                        + " ('HELD', 'RETURNED')"))
                .contains("INCOMPLETE", "PRICE", "PAYMENT", "OVERDUE", "STOCK");

        // the next start finds it played
        List<String> before = decisions();
        demo.load();
        assertThat(decisions()).isEqualTo(before);
    }

    /** A start that is stopped in the middle of the demo goes on where it was, days later. */
    @Test
    void aStartThatWasStoppedGoesOn() {
        clock.reset();
        String table = "special-prices.csv";
        List<String> played = new ArrayList<>();
        jdbc.sql("delete from demo_progress where name = ?").param(table).update();
        assertThatThrownBy(() -> progress.play(table, DAY, day -> played.add("before"), row -> {
                    if (played.contains("KH002")) {
                        throw new IllegalStateException("stopped");
                    }
                    played.add(row.get("customer"));
                }))
                .hasMessage("stopped");
        assertThat(progress.isBegun(table)).isTrue();
        progress.play(table, DAY.plusDays(9), day -> played.add("again"), row -> {
            played.add(row.get("customer"));
            // as counted from the first day
            assertThat(row.get("valid_to")).isEqualTo(DAY.plusDays(30).toString());
        });
        assertThat(played).containsExactly("before", "KH002", "KH006");
        jdbc.sql("delete from demo_progress where name = ?").param(table).update();
    }

    private List<String> decisions() {
        return jdbc.sql("select document_number || step from decision_record order by 1")
                .query(String.class)
                .list();
    }

    private Set<String> words(String sql) {
        return jdbc.sql(sql).query(String.class).list().stream().collect(Collectors.toSet());
    }
}
