package com.shunpi.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Special prices over HTTP: who is refused, what cannot be read, and who sees what (P1, P3, P5, P7, A5). */
@ShunpiTest
class SpecialPriceApiTest {

    @Autowired
    private MockMvc http;

    @Autowired
    private Login login;

    @Autowired
    private MasterData masterData;

    @Autowired
    private SpecialPriceActions actions;

    @Autowired
    private TaskService taskService;

    @Autowired
    private JdbcClient jdbc;

    private final ObjectMapper json = new ObjectMapper();

    private PriceDesk desk;
    private String customer;
    private String product;

    @BeforeEach
    void begin() {
        desk = new PriceDesk(login, masterData, actions, taskService);
        customer = desk.customer(Grade.B);
        product = desk.product();
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse1", "technical1", "purchasing1", "owner", "admin", "manager", "finance1"})
    void whoDoesNotSellAsksForNothing(String user) throws Exception {
        send(user, body("95.00", "2026-12-01")).andExpect(status().isForbidden());
        preview(user, body("95.00", "2026-12-01")).andExpect(status().isForbidden());
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse1", "technical1", "purchasing1", "owner", "admin"})
    void pricesAreNotEverybodysBusiness(String user) throws Exception { // A5
        String number = desk.send("95.00");
        http.perform(get("/api/special-prices/" + number).with(httpBasic(user, "demo")))
                .andExpect(status().isForbidden());
        http.perform(get("/api/agreements").with(httpBasic(user, "demo"))).andExpect(status().isForbidden());
    }

    @Test
    void nobodyIsSomebody() throws Exception {
        http.perform(get("/api/agreements")).andExpect(status().isUnauthorized());
        http.perform(get("/api/special-prices/SP-1").with(httpBasic("rep1", "demo")))
                .andExpect(status().isNotFound());
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        "customerCode, NOBODY, customerCode",
        "customerCode, '', customerCode",
        "productCode, NOTHING, lines[0].productCode",
        "quantity, 0, lines[0].quantity",
        "quantity, 1.5, lines[0].quantity",
        "quantity, 1000001, lines[0].quantity",
        "askedPrice, -1, lines[0].askedPrice",
        "askedPrice, 100.00, lines[0].askedPrice",
        "askedPrice, 100.0001, lines[0].askedPrice",
        "askedPrice, 99.99999, lines[0].askedPrice",
        "askedPrice, 1e3, lines[0].askedPrice",
        "askedPrice, 999999999999999999999999999999, lines[0].askedPrice",
        "askedPrice, '', lines[0].askedPrice",
        "validFrom, 2026-11-22, validFrom",
        "validFrom, 2026-13-01, validFrom",
        "validTo, 2026-11-22, validTo",
        "validTo, 2027-11-24, validTo",
        "validTo, '', validTo",
        "reason, '', reason",
        "expectedVolume, -5, expectedVolume"
    })
    void whatCannotBeIsNamed(String field, String value, String fault) throws Exception {
        var body = json.readTree(body("95.00", "2026-12-01"));
        var at = (com.fasterxml.jackson.databind.node.ObjectNode)
                (body.get("lines").get(0).has(field) ? body.get("lines").get(0) : body);
        at.put(field, value);
        send("rep1", body.toString())
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.faults[*].field", hasItem(fault)));
        assertThat(jdbc.sql("select count(*) from special_price_request where customer_code = ?")
                        .param(customer)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void marginAndDiscountAreNotForTyping() throws Exception { // P1
        for (String extra : new String[] {"margin", "costPrice", "requestedBy", "steps"}) {
            String body = body("95.00", "2026-12-01").replaceFirst("\\{", "{\"" + extra + "\":\"1\",");
            send("rep1", body).andExpect(status().isBadRequest());
        }
        send("rep1", "{").andExpect(status().isBadRequest());
        send("rep1", "null").andExpect(status().isBadRequest());
        send("rep1", body("95.00", "2026-12-01").replaceFirst("\"lines\":\\[.*]", "\"lines\":[]"))
                .andExpect(status().isBadRequest());
    }

    @Test
    void thePreviewNamesStepsPeopleAndTheHintAndKeepsNothing() throws Exception { // P3, F7, N1
        preview("rep1", body("88.00", "2026-12-01"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.granted").value(false))
                .andExpect(jsonPath("$.steps[0].roles[0].name").value("销售经理"))
                .andExpect(jsonPath("$.steps[0].roles[0].people[0]").value("陈静"))
                .andExpect(jsonPath("$.steps[1].reasons").value("低于客户价超过 10%"))
                .andExpect(jsonPath("$.hint.changes[0].to").value("90.0000"))
                .andExpect(jsonPath("$.hint.text", containsString("可少一级")))
                .andExpect(jsonPath("$.lines[0].depth").value("12%"))
                .andExpect(jsonPath("$.lines[0].margin").doesNotExist())
                .andExpect(jsonPath("$.lines[0].costPrice").doesNotExist());
        assertThat(jdbc.sql("select count(*) from special_price_request where customer_code = ?")
                        .param(customer)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void theApproverSeesMarginAndWhoPaysMoreAndWhatWasPromised() throws Exception { // P7
        String class1 = desk.customer(Grade.B);
        String other = desk.send(PriceDesk.input(class1, PriceDesk.line(product, 10, "97.00")));
        String earlier = desk.send(PriceDesk.input(customer, PriceDesk.line(product, 20, "97.50")));
        String number = desk.send(PriceDesk.input(customer, PriceDesk.line(product, 10, "95.00")));

        show("manager", number)
                .andExpect(jsonPath("$.lines[0].margin", containsString("47.3684")))
                .andExpect(jsonPath("$.lines[0].costPrice").value("50.0000"))
                .andExpect(jsonPath("$.lines[0].undercuts").value(true))
                .andExpect(jsonPath("$.lines[0].others[0].customerName").value("客户 " + class1))
                .andExpect(jsonPath("$.promises[0].requestNumber").value(earlier))
                .andExpect(jsonPath("$.promises[0].quantity").value(20))
                .andExpect(jsonPath("$.promises[0].drawn").value(0))
                .andExpect(jsonPath("$.promises[0].expectedVolume").value(500))
                .andExpect(jsonPath("$.steps[0].roles[0].state").value("pending"));
        // dearer than the other one: nobody is undercut
        show("manager", earlier).andExpect(jsonPath("$.lines[0].undercuts").value(false));
        show("rep1", number)
                .andExpect(jsonPath("$.lines[0].margin").doesNotExist())
                .andExpect(jsonPath("$.lines[0].costPrice").doesNotExist());
        String history = http.perform(get("/api/cases/" + number).with(httpBasic("rep1", "demo")))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(history).contains("申请特价").doesNotContain("margins");
        assertThat(other).isNotEqualTo(number);
    }

    @Test
    void agreementsShowWhatIsLeft() throws Exception { // P5, N2
        String number = desk.send(PriceDesk.input(customer, PriceDesk.line(product, 20, "97.50")));
        http.perform(get("/api/agreements?customer=" + customer + "&product=" + product)
                        .with(httpBasic("finance1", "demo")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(1))
                .andExpect(jsonPath("$[0].requestNumber").value(number))
                .andExpect(jsonPath("$[0].remaining").value(20))
                .andExpect(jsonPath("$[0].state").value("running"));
        http.perform(get("/api/agreements?customer=' or 1=1 --").with(httpBasic("finance1", "demo")))
                .andExpect(jsonPath("$.length()").value(0));
    }

    private ResultActions show(String user, String number) throws Exception {
        return http.perform(get("/api/special-prices/" + number).with(httpBasic(user, "demo")))
                .andExpect(status().isOk());
    }

    private ResultActions send(String user, String body) throws Exception {
        return http.perform(post("/api/special-prices")
                .with(httpBasic(user, "demo"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }

    private ResultActions preview(String user, String body) throws Exception {
        return http.perform(post("/api/special-prices/preview")
                .with(httpBasic(user, "demo"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }

    private String body(String price, String validTo) throws Exception {
        return json.writeValueAsString(new SpecialPriceInput(
                customer,
                "首单",
                null,
                "2026-11-23",
                validTo,
                null,
                java.util.List.of(PriceDesk.line(product, 10, price)),
                null,
                null,
                null));
    }
}
