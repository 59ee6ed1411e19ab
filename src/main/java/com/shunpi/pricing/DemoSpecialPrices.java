package com.shunpi.pricing;

import com.shunpi.intake.DemoProgress;
import com.shunpi.workflow.DemoLogin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.csv.CSVRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Gives the demo company a running agreement and a request that waits for the manager. */
@Component
@ConditionalOnBooleanProperty("shunpi.demo")
@Order(190)
class DemoSpecialPrices implements ApplicationRunner {

    private static final String TABLE = "special-prices.csv";

    private final boolean atStart;
    private final SpecialPriceRequests requests;
    private final SpecialPriceActions actions;
    private final PriceAgreements agreements;
    private final DemoProgress progress;
    private final DemoLogin login;

    DemoSpecialPrices(
            @Value("${shunpi.demo-orders:true}") boolean atStart,
            SpecialPriceRequests requests,
            SpecialPriceActions actions,
            PriceAgreements agreements,
            DemoProgress progress,
            DemoLogin login) {
        this.atStart = atStart;
        this.requests = requests;
        this.actions = actions;
        this.agreements = agreements;
        this.progress = progress;
        this.login = login;
    }

    @Override
    public void run(ApplicationArguments args) {
        if (atStart && (requests.count() == 0 || progress.isBegun(TABLE))) {
            load();
        }
    }

    void load() {
        progress.play(TABLE, agreements.today(), day -> {}, this::play);
    }

    private void play(CSVRecord row) {
        SpecialPriceInput input = new SpecialPriceInput(
                row.get("customer"),
                row.get("reason"),
                row.get("competitor"),
                null,
                row.get("valid_to"),
                row.get("expected_volume"),
                List.of(new SpecialPriceInput.LineInput(row.get("product"), row.get("quantity"), row.get("price"))),
                null,
                null,
                null);
        AtomicReference<String> number = new AtomicReference<>();
        login.run(row.get("asked_by"), () -> number.set(actions.send(input)));
        if (!row.get("approved_by").isEmpty()) {
            login.complete(
                    row.get("approved_by"), number.get(), "userTask_approvePrice", Map.of("decision", "approve"));
        }
    }
}
