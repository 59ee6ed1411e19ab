package com.shunpi.masterdata;

import com.shunpi.intake.DemoTable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Gives an empty database the demo company's customers and products, a seller of industrial sensors. */
@Component
@ConditionalOnBooleanProperty("shunpi.demo")
@Order(100)
class DemoMasterData implements ApplicationRunner {

    private final Customers customers;
    private final Products products;
    private final CustomerImporter customerImporter;
    private final ProductImporter productImporter;
    private final Clock clock;

    DemoMasterData(
            Customers customers,
            Products products,
            CustomerImporter customerImporter,
            ProductImporter productImporter,
            Clock clock) {
        this.customers = customers;
        this.products = products;
        this.customerImporter = customerImporter;
        this.productImporter = productImporter;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments args) {
        if (customers.count() + products.count() == 0) {
            LocalDate today = clock.instant().atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
            DemoTable.load(customerImporter, today);
            DemoTable.load(productImporter, today);
        }
    }
}
