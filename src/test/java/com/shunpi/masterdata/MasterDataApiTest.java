package com.shunpi.masterdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.shunpi.ShunpiTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** A5: contact data and prices are readable by role only; goods that came in are booked once. */
@ShunpiTest
class MasterDataApiTest {

    @Autowired
    private MockMvc mvc;

    @Autowired
    private MasterData masterData;

    @BeforeEach
    void data() {
        masterData.saveCustomers(Stream.of("MA_100%", "MA-BLOCK")
                .map(code -> new Customer.Facts(
                        code,
                        code.contains("%") ? "百分之一百公司" : "冻结公司",
                        Grade.A,
                        new BigDecimal("0.8000"),
                        PaymentTerms.CREDIT,
                        new BigDecimal("1000.00"),
                        30,
                        "王",
                        "021-5550-0000",
                        "wang@example.com",
                        "虚业路 1 号",
                        "rep1",
                        "华东",
                        null))
                .toList());
        if (masterData.products(List.of("MA-P1")).isEmpty()) {
            masterData.saveProducts(List.of(
                    new Product.Facts(
                            "MA-P1", "泵", "M-XYZ", new BigDecimal("10.5000"), new BigDecimal("7.7777"), 5, false),
                    new Product.Facts("MA-P2", "阀", null, BigDecimal.ONE, BigDecimal.ONE, 0, false)));
        }
    }

    private ResultActions call(String user, String path) throws Exception {
        return mvc.perform(get(path).with(httpBasic(user, "demo")));
    }

    private ResultActions receive(String user, String product, String body) throws Exception {
        return mvc.perform(post("/api/products/" + product + "/receipts")
                .contentType("application/json")
                .content(body)
                .with(httpBasic(user, "demo")));
    }

    private int stockOf(String product) {
        return masterData.products(List.of(product)).get(product).stock();
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse1", "technical1", "purchasing1", "owner", "admin"})
    void contactDataIsNotForEverybody(String user) throws Exception {
        call(user, "/api/customers?q=MA").andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin"})
    void productsAreNotForEverybody(String user) throws Exception {
        call(user, "/api/products?q=MA").andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse1", "technical1", "purchasing1"})
    void whoMayNotSeePricesGetsNone(String user) throws Exception {
        call(user, "/api/products?q=MA-P1")
                .andExpect(jsonPath("$[0].stock").isNumber())
                .andExpect(jsonPath("$[0].listPrice").doesNotExist())
                .andExpect(content().string(org.hamcrest.Matchers.not(containsString("10.5"))));
    }

    @Test
    void nobodyGetsTheCostOfAProductOrTheTermsOfACustomer() throws Exception {
        call("gm", "/api/products?q=m-xyz")
                .andExpect(jsonPath("$[0].listPrice").value("10.5000"))
                .andExpect(content().string(org.hamcrest.Matchers.not(containsString("7.7777"))));
        call("rep1", "/api/customers?q=百分之一百")
                .andExpect(jsonPath("$[0].phone").value("021-5550-0000"))
                .andExpect(jsonPath("$[0].paymentTerms").value("credit"))
                .andExpect(jsonPath("$[0].creditLimit").doesNotExist())
                .andExpect(jsonPath("$[0].discount").doesNotExist());
    }

    @Test
    void wildcardsAreLettersAndTheListIsShort() throws Exception {
        call("assistant1", "/api/customers?q=A_1")
                .andExpect(jsonPath("$[0].code").value("MA_100%"));
        call("assistant1", "/api/customers?q=M__1")
                .andExpect(jsonPath("$.length()").value(0));
        call("assistant1", "/api/customers?q=0%")
                .andExpect(jsonPath("$.length()").value(1));
        masterData.saveCustomers(Stream.iterate(0, i -> i + 1)
                .limit(25)
                .map(i -> new Customer.Facts(
                        "MA-L%02d".formatted(i),
                        "很多",
                        Grade.C,
                        BigDecimal.ONE,
                        PaymentTerms.PREPAID,
                        BigDecimal.ZERO,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .toList());
        call("assistant1", "/api/customers?q=MA-L")
                .andExpect(jsonPath("$.length()").value(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistant1", "rep1", "manager", "gm", "warehouse1", "admin"})
    void anAccountIsBlockedByFinanceOrDirectorAlone(String user) throws Exception {
        for (String action : List.of("block", "unblock")) {
            mvc.perform(post("/api/customers/MA-BLOCK/" + action).with(httpBasic(user, "demo")))
                    .andExpect(status().isForbidden());
        }
    }

    @Test
    void anAccountIsBlockedAndFreed() throws Exception {
        mvc.perform(post("/api/customers/NOBODY/block").with(httpBasic("director", "demo")))
                .andExpect(status().isNotFound());
        mvc.perform(post("/api/customers/MA-BLOCK/block")
                        .with(httpBasic("finance1", "demo"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\": \"三笔逾期未还\"}"))
                .andExpect(status().isNoContent());
        // what is so already is decided once
        mvc.perform(post("/api/customers/MA-BLOCK/block").with(httpBasic("director", "demo")))
                .andExpect(status().isNoContent());
        assertThat(masterData.customer("MA-BLOCK"))
                .hasValueSatisfying(c -> assertThat(c.isBlocked()).isTrue());
        mvc.perform(post("/api/customers/MA-BLOCK/unblock").with(httpBasic("director", "demo")))
                .andExpect(status().isNoContent());
        assertThat(masterData.customer("MA-BLOCK"))
                .hasValueSatisfying(c -> assertThat(c.isBlocked()).isFalse());
        // A1: who, what and why, where everybody reads the record of a case
        call("gm", "/api/cases/MA-BLOCK")
                .andExpect(jsonPath("$.decisions.length()").value(2))
                .andExpect(jsonPath("$.decisions[0].stepName").value("冻结客户账户"))
                .andExpect(jsonPath("$.decisions[0].actor").value("finance1"))
                .andExpect(jsonPath("$.decisions[0].comment").value("三笔逾期未还"))
                .andExpect(jsonPath("$.decisions[1].step").value("unblock"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistant1", "finance1", "gm", "admin"})
    void goodsAreBookedByTheWarehouseAlone(String user) throws Exception {
        receive(user, "MA-P1", "{\"quantity\": 1, \"reference\": \"X\"}").andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"quantity\": 0, \"reference\": \"X\"}|quantity",
                "{\"quantity\": -5, \"reference\": \"X\"}|quantity",
                "{\"quantity\": 10000000, \"reference\": \"X\"}|quantity",
                "{\"reference\": \"X\"}|quantity",
                "{\"quantity\": 1}|reference",
                "{\"quantity\": 1, \"reference\": \"  \"}|reference",
                "{\"quantity\": 1, \"reference\": \"a\\u0000b\"}|reference",
                "{\"quantity\": 99999999999999, \"reference\": \"X\"}|quantity"
            })
    void aBookingThatCannotBeReadIsRefused(String body, String field) throws Exception {
        receive("warehouse1", "MA-P1", body)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[0].field").value(field));
    }

    @Test
    void goodsOfAnUnknownProductAreRefused() throws Exception {
        receive("warehouse1", "NOTHING", "{\"quantity\": 1, \"reference\": \"X\"}")
                .andExpect(status().isNotFound());
    }

    @Test
    void aDeliveryNoteIsBookedOncePerProduct() throws Exception {
        int before = stockOf("MA-P1");
        String note = "{\"quantity\": 7, \"reference\": \"DN-1\"}";
        receive("warehouse1", "MA-P1", note)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.stock").value(before + 7));
        receive("warehouse2", "MA-P1", note)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.stock").value(before + 7));
        receive("warehouse1", "MA-P1", note.replace("7", "8"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.faults[0].message").value("原为 7，现为 8"));
        receive("warehouse1", "MA-P2", note).andExpect(status().isCreated());
        assertThat(stockOf("MA-P1")).isEqualTo(before + 7);
    }

    @Test
    void aDeliveryNoteSentTwentyTimesAtOnceIsBookedOnce() throws Exception {
        int before = stockOf("MA-P1");
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            Callable<Integer> booking =
                    () -> receive("warehouse1", "MA-P1", "{\"quantity\": 3, \"reference\": \"DN-2\"}")
                            .andReturn()
                            .getResponse()
                            .getStatus();
            List<Future<Integer>> answers =
                    threads.invokeAll(Stream.generate(() -> booking).limit(20).toList());
            int created = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 201);
                created += answer.get() == 201 ? 1 : 0;
            }
            assertThat(created).isOne();
        } finally {
            threads.shutdownNow();
        }
        assertThat(stockOf("MA-P1")).isEqualTo(before + 3);
    }
}
