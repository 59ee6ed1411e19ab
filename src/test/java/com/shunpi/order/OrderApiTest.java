package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Orders over HTTP: who is refused, what cannot be read, and what is the same order (contract; R1, R6, A2, A5). */
@ShunpiTest
@Import(OrderDesk.class)
class OrderApiTest {

    @Autowired
    private MockMvc http;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    private final ObjectMapper json = new ObjectMapper();

    private OrderDraft draft;

    @BeforeEach
    void begin() {
        clock.reset();
        draft = desk.draft(desk.customer(Grade.B), line(desk.product(10), 2));
    }

    @Test
    void nobodyAndTheWrongRoleAreRefused() throws Exception {
        http.perform(post("/api/orders").contentType(MediaType.APPLICATION_JSON).content(OrderJson.of(draft)))
                .andExpect(status().isUnauthorized());
        http.perform(get("/api/orders")).andExpect(status().isUnauthorized());
        for (String user : new String[] {"warehouse1", "finance1", "manager", "owner", "admin"}) {
            send(user, OrderJson.of(draft)).andExpect(status().isForbidden());
        }
        for (String user : new String[] {"technical1", "purchasing1", "owner", "admin"}) {
            http.perform(get("/api/orders").with(httpBasic(user, "demo"))).andExpect(status().isForbidden());
        }
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "quantity, 0, lines[0].quantity",
        "quantity, -3, lines[0].quantity",
        "quantity, 1.5, lines[0].quantity",
        "quantity, 1e9, lines[0].quantity",
        "quantity, abc, lines[0].quantity",
        "unitPrice, -1, lines[0].unitPrice",
        "unitPrice, 1.23456, lines[0].unitPrice",
        "unitPrice, 123456789012345678901234567890, lines[0].unitPrice",
        "unitPrice, 1e999999999, lines[0].unitPrice",
        "productCode, NOTHING, lines[0].productCode"
    })
    void aLineThatCannotBeReadIsNamed(String field, String value, String fault) throws Exception {
        ObjectNode order = order();
        ((ObjectNode) order.get("lines").get(0)).put(field, value);
        send("assistant1", order.toString())
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.faults[*].field", contains(fault)));
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "customerCode, NOBODY",
        "requiredDate, 20226-01-01",
        "requiredDate, 2026-13-45",
        "orderedAt, gestern",
        "urgent, vielleicht",
        "source, ''",
        "externalNumber, ''"
    })
    void aFieldThatCannotBeReadIsNamed(String field, String value) throws Exception {
        send("assistant1", order().put(field, value).toString())
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[*].field", contains(field)));
        assertThat(stored()).isZero();
    }

    @Test
    void everyFaultIsNamedAtOnce() throws Exception { // R1
        ObjectNode order = order().put("requiredDate", "x").put("customerCode", "");
        ((ObjectNode) order.get("lines").get(0)).put("quantity", "x");
        send("assistant1", order.toString())
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults.length()").value(3));
    }

    @Test
    void whatIsNoOrderIsRefusedClearly() throws Exception {
        send("assistant1", "{")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail", containsString("JSON")));
        send("assistant1", order().put("price", "1").toString())
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[0].field").value("price"));
        ObjectNode empty = order();
        empty.putArray("lines");
        send("assistant1", empty.toString())
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[0].field").value("lines"));
        send("assistant1", order().put("consignee", "a\u0000b").toString()).andExpect(status().isBadRequest());
    }

    @Test
    void theSameOrderIsOneOrderAndOtherContentIsAConflict() throws Exception { // R6
        String number = json.readTree(send("assistant1", OrderJson.of(draft))
                        .andExpect(status().isCreated())
                        .andExpect(jsonPath("$.status").value("in-review"))
                        .andExpect(jsonPath("$.holds").isEmpty())
                        .andExpect(jsonPath("$.lines[0].unitPrice").value("100.0000"))
                        .andExpect(jsonPath("$.amount").value("200.00"))
                        .andExpect(jsonPath("$.tasks[0].groups", contains("sales-assistant")))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .get("orderNumber")
                .asText();
        ObjectNode numbers = order();
        ((ObjectNode) numbers.get("lines").get(0)).put("quantity", 2).put("unitPrice", 100);
        send("assistant2", numbers.toString())
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.orderNumber").value(number));
        ((ObjectNode) numbers.get("lines").get(0)).put("quantity", 3);
        send("assistant1", numbers.toString())
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.detail", containsString(number)))
                .andExpect(jsonPath("$.faults[0].message", containsString("× 2 @ 100.0000 →")));
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void whatIsMissingOrMayNotGoThroughIsAcceptedAndHeldWithEveryReason() throws Exception { // F1
        String product = desk.product(1, true);
        OrderDraft held = desk.draft(desk.prepaidCustomer(), line(product, 5, "10.00"));
        ObjectNode order = (ObjectNode) json.readTree(OrderJson.of(held));
        order.putNull("consignee");
        send("rep1", order.toString())
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.status").value("returned"))
                .andExpect(jsonPath(
                        "$.holds[*].reason", contains("incomplete", "discontinued", "price", "payment", "stock")));
    }

    @Test
    void theWarehouseSeesTheGoodsButNoPrices() throws Exception { // A5
        String number = desk.receive(draft);
        http.perform(get("/api/orders/" + number).with(httpBasic("warehouse1", "demo")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.lines[0].quantity").value(2))
                .andExpect(content().string(not(containsString("Price"))))
                .andExpect(content().string(not(containsString("\"amount\""))))
                .andExpect(content().string(not(containsString("creditLimit"))));
        http.perform(get("/api/cases/" + number).with(httpBasic("warehouse1", "demo")))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("100.0000"))));
    }

    @Test
    void aPreviewShowsEverythingAndKeepsNothing() throws Exception {
        http.perform(post("/api/orders/preview")
                        .with(httpBasic("assistant1", "demo"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(OrderJson.of(OrderDesk.with(draft, null, draft.lines()))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.lines[0].customerPrice").value("100.0000"))
                .andExpect(jsonPath("$.lines[0].available").value(10))
                .andExpect(jsonPath("$.holds[0].reason").value("incomplete"));
        assertThat(stored()).isZero();
    }

    @Test
    void changeAndCancelAnswerWithTheDifferencesAndTheEnd() throws Exception { // R11
        String number = desk.receive(draft);
        OrderDraft changed = OrderDesk.with(draft, "赵六", draft.lines());
        http.perform(put("/api/orders/" + number)
                        .with(httpBasic("warehouse1", "demo"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(OrderJson.of(changed)))
                .andExpect(status().isForbidden());
        http.perform(put("/api/orders/" + number)
                        .with(httpBasic("assistant1", "demo"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(OrderJson.of(changed)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.differences[*].message", contains("收货人：李四 → 赵六")));
        http.perform(post("/api/orders/" + number + "/cancel")
                        .with(httpBasic("assistant1", "demo"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\": \" \"}"))
                .andExpect(status().isBadRequest());
        http.perform(post("/api/orders/" + number + "/cancel")
                        .with(httpBasic("assistant1", "demo"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\": \"客户不要了\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.status").value("cancelled"));
        http.perform(get("/api/cases/" + number).with(httpBasic("assistant1", "demo")))
                .andExpect(jsonPath("$.state").value("ended"))
                .andExpect(jsonPath("$.decisions[*].step", contains("change", "cancel")))
                .andExpect(jsonPath("$.decisions[1].comment").value("客户不要了"))
                .andExpect(jsonPath("$.decisions[1].actor").value("assistant1"));
        http.perform(get("/api/cases/SO-20200101-0001").with(httpBasic("assistant1", "demo")))
                .andExpect(status().isNotFound());
    }

    @Test
    void anImportTakesGoodOrdersAndNamesTheFaultsOfBadOnes() throws Exception { // F4
        String product = draft.lines().get(0).productCode();
        String good = OrderDesk.unique("G");
        String bad = OrderDesk.unique("B");
        String csv = "外部单号,来源,客户编码,产品编码,数量,单价,收货人\n"
                + good + ",sheet," + draft.customerCode() + "," + product + ",1,100.00,\"=cmd|'/c calc'!A0\"\n"
                + bad + ",sheet," + draft.customerCode() + "," + product + ",1,100.00,甲\n"
                + bad + ",sheet," + draft.customerCode() + ",NOTHING,1,100.00,甲\n"
                + good + ",sheet," + draft.customerCode() + "," + product + ",2,99.00,\"=cmd|'/c calc'!A0\"\n";
        importOrders(csv)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.accepted").value(1))
                .andExpect(jsonPath("$.rejected").value(1))
                .andExpect(jsonPath("$.orders[?(@.externalNumber=='" + bad + "')].errors[0].row", hasItem(4)))
                .andExpect(jsonPath(
                        "$.orders[?(@.externalNumber=='" + bad + "')].errors[0].field", hasItem("product_code")));
        importOrders(csv)
                .andExpect(jsonPath("$.accepted").value(0))
                .andExpect(jsonPath("$.duplicates").value(1))
                .andExpect(jsonPath("$.rejected").value(1));
        assertThat(jdbc.sql("select count(*) from sales_order where external_number in (?, ?)")
                        .params(good, bad)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void twoHeadsOfOneOrderAreNotGuessed() throws Exception {
        String product = draft.lines().get(0).productCode();
        String number = OrderDesk.unique("H");
        importOrders("外部单号,来源,客户编码,产品编码,数量,单价,收货人\n"
                        + number + ",sheet," + draft.customerCode() + "," + product + ",1,100.00,甲\n"
                        + number + ",sheet," + draft.customerCode() + "," + product + ",1,100.00,乙\n")
                .andExpect(jsonPath("$.rejected").value(1))
                .andExpect(jsonPath("$.orders[0].errors[0].field").value("consignee"));
    }

    private ResultActions importOrders(String csv) throws Exception {
        MockMultipartFile file =
                new MockMultipartFile("file", "orders.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8));
        return http.perform(multipart("/api/orders/import").file(file).with(httpBasic("assistant1", "demo")));
    }

    private ObjectNode order() throws Exception {
        return (ObjectNode) json.readTree(OrderJson.of(draft));
    }

    private ResultActions send(String user, String body) throws Exception {
        return http.perform(post("/api/orders")
                .with(httpBasic(user, "demo"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }

    private int stored() {
        return jdbc.sql("select count(*) from sales_order where external_number = ?")
                .param(draft.externalNumber())
                .query(Integer.class)
                .single();
    }
}
