package com.shunpi.masterdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.shunpi.ShunpiTest;
import com.shunpi.intake.ImportResult;
import com.shunpi.intake.ImportResult.Row;
import com.shunpi.intake.ImportResult.Status;
import com.shunpi.intake.Progress;
import com.shunpi.shared.Fault;
import com.shunpi.spreadsheet.Upload;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Import of customers and products (contract): a row whole or not at all, a known code updated, nothing guessed. */
@ShunpiTest
@RecordApplicationEvents
class MasterDataImportTest {

    private static final String CUSTOMER = "客户编码,名称,等级,结算折扣,付款方式,信用额度,账期天数,联系人,电话,邮箱,地址,业务员,区域\n";
    private static final String PRODUCT = "product_code,name,model,list_price,cost_price,stock,discontinued\n";

    @Autowired
    private CustomerImporter customerImporter;

    @Autowired
    private ProductImporter productImporter;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Stock stock;

    @Autowired
    private EntityManagerFactory entityManagers;

    @Autowired
    private ApplicationEvents events;

    private ImportResult customers(String csv) {
        return customerImporter.run(new Upload("x.csv", csv.getBytes(StandardCharsets.UTF_8)), Progress.NONE);
    }

    private ImportResult products(String csv) {
        return productImporter.run(new Upload("x.csv", csv.getBytes(StandardCharsets.UTF_8)), Progress.NONE);
    }

    private static List<Status> statuses(ImportResult result) {
        return result.rows().stream().map(Row::status).toList();
    }

    @Test
    void everyFaultOfACustomerIsNamed() {
        ImportResult result = customers(CUSTOMER
                + "MI-1,,D,0,现金,-1,3651,c,p,nobody,a,r,e\n"
                + "MI-2,n,A,1.0001,credit,0.001,1.5,c,p,a@b@c,a,r,e\n"
                + ",n,a,1,预付,0,0,,,,,,\n");
        assertThat(result.rejected()).isEqualTo(3);
        assertThat(result.rows().get(0).errors())
                .extracting(Fault::row, Fault::field)
                .containsExactly(
                        tuple(2, "name"),
                        tuple(2, "grade"),
                        tuple(2, "discount"),
                        tuple(2, "payment_terms"),
                        tuple(2, "credit_limit"),
                        tuple(2, "credit_days"),
                        tuple(2, "email"));
        assertThat(result.rows().get(1).errors())
                .extracting(Fault::field)
                .containsExactly("discount", "credit_limit", "credit_days", "email");
        assertThat(result.rows().get(2).errors()).extracting(Fault::message).containsExactly("客户编码：不能为空");
        assertThat(masterData.customers(List.of("MI-1", "MI-2"))).isEmpty();
    }

    @Test
    void aBadRowDoesNotStopTheOthers() {
        ImportResult result = customers(CUSTOMER
                + "MI-3,好的,A,0.8,账期,1000,30,,,,,,\n"
                + "MI-4,坏的,A,80%,账期,1000,30,,,,,,\n"
                + "MI-5,好的,c,1,Prepaid,0,0,,,,,,\n");
        assertThat(statuses(result)).containsExactly(Status.ACCEPTED, Status.REJECTED, Status.ACCEPTED);
        assertThat(masterData.customer("MI-3")).hasValueSatisfying(c -> {
            assertThat(c.paymentTerms()).isEqualTo(PaymentTerms.CREDIT);
            assertThat(c.discount()).isEqualByComparingTo("0.8");
        });
        assertThat(masterData.customer("MI-4")).isEmpty();
        assertThat(masterData.customer("MI-5"))
                .hasValueSatisfying(c -> assertThat(c.paymentTerms()).isEqualTo(PaymentTerms.PREPAID));
    }

    @Test
    void aKnownCustomerIsUpdatedAndStaysBlocked() {
        String row = "MI-6,旧名,A,0.8,credit,1000,30,王,+86 21,=a@b,路,rep1,华东\n".replace("=a@b", "a@example.com");
        assertThat(statuses(customers(CUSTOMER + row))).containsExactly(Status.ACCEPTED);
        masterData.block("MI-6", true);
        assertThat(statuses(customers(CUSTOMER + row))).containsExactly(Status.DUPLICATE);
        assertThat(statuses(customers(CUSTOMER + row.replace("旧名", "新名")))).containsExactly(Status.UPDATED);
        // a file without the column says nothing about the phone; one with an empty cell clears it
        assertThat(statuses(customers("客户编码,名称,等级,结算折扣,付款方式,信用额度,账期天数,电话\nMI-6,新名,B,0.8,credit,1000,30,\n")))
                .containsExactly(Status.UPDATED);
        assertThat(masterData.customer("MI-6")).hasValueSatisfying(c -> {
            assertThat(c.name()).isEqualTo("新名");
            assertThat(c.grade()).isEqualTo(Grade.B);
            assertThat(c.phone()).isNull();
            assertThat(c.contact()).isEqualTo("王");
            assertThat(c.isBlocked()).isTrue();
        });
    }

    @Test
    void aFormulaInANameIsAName() {
        customers(CUSTOMER + "MI-7,=cmd|' /C calc'!A0,A,0.8,credit,1000,30,<script>alert(1)</script>,,,,,\n");
        assertThat(masterData.customer("MI-7")).hasValueSatisfying(c -> {
            assertThat(c.name()).isEqualTo("=cmd|' /C calc'!A0");
            assertThat(c.contact()).isEqualTo("<script>alert(1)</script>");
        });
    }

    @Test
    void everyFaultOfAProductIsNamed() {
        ImportResult result = products(PRODUCT + "MI-P1,n,m,12.34567,-1,-1,maybe\nMI-P2,n,m,,1,1.5,\n");
        assertThat(result.rows().get(0).errors())
                .extracting(Fault::field)
                .containsExactly("list_price", "cost_price", "stock", "discontinued");
        assertThat(result.rows().get(1).errors()).extracting(Fault::field).containsExactly("list_price", "stock");
    }

    /** R13: what orders hold is there. */
    @Test
    void aStockBelowWhatOrdersHoldIsAFaultAndTheProductStaysAsItIs() {
        products(PRODUCT + "MI-P3,泵,m,10,5,8,否\nMI-P4,阀,m,10,5,8,否\n");
        assertThat(stock.reserveAll("MI-DOC", Map.of("MI-P3", 5))).isEmpty();
        ImportResult result = products(PRODUCT + "MI-P3,新泵,m,10,5,4,否\nMI-P4,新阀,m,10,5,3,否\n");
        assertThat(statuses(result)).containsExactly(Status.REJECTED, Status.UPDATED);
        assertThat(result.rows().get(0).errors())
                .extracting(Fault::row, Fault::field)
                .containsExactly(tuple(2, "stock"));
        Product pump = masterData.products(List.of("MI-P3")).get("MI-P3");
        assertThat(pump.name()).isEqualTo("泵");
        assertThat(pump.stock()).isEqualTo(8);
        assertThat(masterData.products(List.of("MI-P4")).get("MI-P4").available())
                .isEqualTo(3);
        assertThat(statuses(products(PRODUCT + "MI-P3,泵,m,10,5,5,否\n"))).containsExactly(Status.UPDATED);
        assertThat(masterData.products(List.of("MI-P3")).get("MI-P3").available())
                .isZero();
    }

    /** R3: who waits for a product hears that there is more of it. */
    @Test
    void moreStockIsAnnouncedAndLessIsNot() {
        products(PRODUCT + "MI-P5,泵,m,10,5,8,否\nMI-P6,阀,m,10,5,8,否\nMI-P7,表,m,10,5,8,否\n");
        assertThat(events.stream(StockArrived.class)).isEmpty();
        products(PRODUCT + "MI-P5,泵,m,10,5,9,否\nMI-P6,阀,m,10,5,7,否\nMI-P7,新表,m,10,5,8,否\n");
        assertThat(events.stream(StockArrived.class).map(StockArrived::productCodes))
                .containsExactly(java.util.Set.of("MI-P5"));
    }

    @Test
    void tenThousandRowsTakeFewStatementsAndLittleTime() {
        Statistics statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        String rows = IntStream.range(0, 10_000)
                .mapToObj(i -> "MI-B%05d,客户 %d,B,0.9,credit,1000.00,30,,,,,,\n".formatted(i, i))
                .collect(Collectors.joining("", CUSTOMER, ""));
        statistics.setStatisticsEnabled(true);
        try {
            for (int time = 0; time < 3; time++) {
                statistics.clear();
                long start = System.nanoTime();
                ImportResult result = customers(time < 2 ? rows : rows.replace("1000.00", "2000.00"));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
                assertThat(result.accepted() + result.duplicates()).isEqualTo(10_000);
                assertThat(result.duplicates()).isEqualTo(time == 1 ? 10_000 : 0);
                // a query per chunk of 500; writes go in batches of 50
                assertThat(statistics.getPrepareStatementCount()).isLessThan(20 + 10_000 / 50 + 20);
            }
        } finally {
            statistics.setStatisticsEnabled(false);
        }
        assertThat(masterData.customer("MI-B09999"))
                .hasValueSatisfying(c -> assertThat(c.creditLimit()).isEqualTo(new BigDecimal("2000.00")));
    }

    @Test
    void manyProductsAreCountedInBatches() {
        Statistics statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        String rows = IntStream.range(0, 2_000)
                .mapToObj(i -> "MI-C%05d,产品,m,10,5,%d,否\n".formatted(i, i))
                .collect(Collectors.joining("", PRODUCT, ""));
        assertThat(products(rows).accepted()).isEqualTo(2_000);
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        try {
            assertThat(products(rows.replace(",m,10,5,", ",m,10,5,1")).accepted())
                    .isEqualTo(2_000);
            assertThat(statistics.getPrepareStatementCount()).isLessThan(20);
        } finally {
            statistics.setStatisticsEnabled(false);
        }
        assertThat(masterData.products(List.of("MI-C00007")).get("MI-C00007").stock())
                .isEqualTo(17);
    }
}
