package com.shunpi.returns;

import com.shunpi.calendar.WorkingDays;
import com.shunpi.intake.DemoTable;
import com.shunpi.workflow.DemoLogin;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives the demo company a few returns in different states, done by its people; after the orders they are about. */
@Component
@ConditionalOnBooleanProperty("shunpi.demo")
@Order(210)
class DemoReturns implements ApplicationRunner {

    private static final String SOURCE = "demo";

    private final boolean atStart;
    private final Returns returns;
    private final ReturnIntake intake;
    private final DemoLogin login;
    private final JdbcClient jdbc;
    private final Clock clock;

    DemoReturns(
            @Value("${shunpi.demo-orders:true}") boolean atStart,
            Returns returns,
            ReturnIntake intake,
            DemoLogin login,
            JdbcClient jdbc,
            Clock clock) {
        this.atStart = atStart;
        this.returns = returns;
        this.intake = intake;
        this.login = login;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments args) {
        if (atStart && returns.count() == 0) {
            load();
        }
    }

    void load() {
        LocalDate today = LocalDate.now(clock.withZone(WorkingDays.ZONE));
        Map<String, String> numbers = new HashMap<>();
        for (CSVRecord row : DemoTable.read("returns.csv", today)) {
            orderOf(row.get("order")).ifPresent(order -> {
                ReturnInput input = new ReturnInput(
                        SOURCE,
                        row.get("external_number"),
                        order.getKey(),
                        order.getValue(),
                        row.get("reason"),
                        row.get("description"),
                        List.of(new ReturnInput.LineInput(row.get("line"), row.get("quantity"), row.get("outcome"))),
                        List.of());
                login.run(
                        row.get("applied_by"),
                        () -> numbers.put(
                                row.get("external_number"),
                                intake.receive(input.toDraft(), row.get("applied_by"))
                                        .returnNumber()));
            });
        }
        for (CSVRecord step : DemoTable.read("return-steps.csv", today)) {
            String number = numbers.get(step.get("external_number"));
            if (number != null) {
                login.complete(step.get("user"), number, step.get("step"), values(step.get("values")));
            }
        }
    }

    /** Number and customer of a demo order that was dispatched. */
    private java.util.Optional<Map.Entry<String, String>> orderOf(String externalNumber) {
        return jdbc.sql("select order_number, customer_code from sales_order where source = :source"
                        + " and external_number = :external and dispatched_on is not null")
                .param("source", SOURCE)
                .param("external", externalNumber)
                .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                .optional();
    }

    private static Map<String, Object> values(String text) {
        Map<String, Object> values = new HashMap<>();
        for (String pair : text.split(";")) {
            int equals = pair.indexOf('=');
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return values;
    }
}
