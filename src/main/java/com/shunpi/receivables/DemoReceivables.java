package com.shunpi.receivables;

import com.shunpi.intake.DemoTable;
import com.shunpi.masterdata.MasterData;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Gives the demo company's customers some open and some overdue invoices; after the customers, before the orders. */
@Component
@ConditionalOnBooleanProperty("shunpi.demo")
@Order(110)
class DemoReceivables implements ApplicationRunner {

    private static final String A_DEMO_CUSTOMER = "KH001";

    private final Invoices invoices;
    private final MasterData masterData;
    private final InvoiceImporter importer;
    private final Clock clock;

    DemoReceivables(Invoices invoices, MasterData masterData, InvoiceImporter importer, Clock clock) {
        this.invoices = invoices;
        this.masterData = masterData;
        this.importer = importer;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments args) {
        if (invoices.count() == 0 && masterData.customer(A_DEMO_CUSTOMER).isPresent()) {
            DemoTable.load(
                    importer, clock.instant().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate());
        }
    }
}
