package com.shunpi.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.intake.DemoProgress;
import com.shunpi.intake.DemoTable;
import com.shunpi.masterdata.MasterData;
import com.shunpi.verification.PreparedValue;
import com.shunpi.workflow.DemoLogin;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives the demo company orders in every state, done by its people under the rules that hold for everybody. */
@Component
@ConditionalOnBooleanProperty("shunpi.demo")
@Order(200)
class DemoOrders implements ApplicationRunner {

    static final String SOURCE = "demo";

    private static final String STEPS = "order-steps.csv";

    private final boolean atStart;
    private final Orders orders;
    private final OrderImporter importer;
    private final DemoLogin login;
    private final MasterData masterData;
    private final DemoProgress progress;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;
    private final Clock clock;

    DemoOrders(
            @Value("${shunpi.demo-orders:true}") boolean atStart,
            Orders orders,
            OrderImporter importer,
            DemoLogin login,
            MasterData masterData,
            DemoProgress progress,
            TransactionTemplate transaction,
            ObjectMapper json,
            Clock clock) {
        this.atStart = atStart;
        this.orders = orders;
        this.importer = importer;
        this.login = login;
        this.masterData = masterData;
        this.progress = progress;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments args) {
        if (atStart && (orders.count() == 0 || progress.isBegun(STEPS))) {
            load();
        }
    }

    void load() {
        progress.play(
                STEPS,
                LocalDate.now(clock.withZone(com.shunpi.calendar.WorkingDays.ZONE)),
                day -> login.run("assistant1", () -> DemoTable.load(importer, day)),
                this::play);
    }

    private void play(CSVRecord step) {
        String number = orders.findBySourceAndExternalNumber(SOURCE, step.get("external_number"))
                .orElseThrow()
                .orderNumber();
        Map<String, Object> values = values(step.get("values"));
        if (step.get("step").startsWith("userTask_verify")) {
            values.put("keyed", keyed(number));
        }
        login.complete(step.get("user"), number, step.get("step"), values);
    }

    /** What the verifier reads in the customer's own paper: in a demo that is the order itself (V2). */
    private String keyed(String orderNumber) {
        Map<String, String> keyed = transaction.execute(status -> {
            var order = orders.findById(orderNumber).orElseThrow();
            return order.invoiceValues(masterData.products(order.quantities().keySet())).stream()
                    .collect(Collectors.toMap(PreparedValue::path, PreparedValue::value));
        });
        try {
            return json.writeValueAsString(keyed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
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
