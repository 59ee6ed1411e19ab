package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.PaymentTerms;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Several credit holds released at once, each by the rules of its own task (F3, R4, A1). */
@ShunpiTest
class HoldReleasesTest {

    @Autowired
    private MockMvc http;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private JdbcClient jdbc;

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"assistant1", "rep1", "manager", "finance1", "gm"})
    void whoDoesNotReleaseHoldsSeesNoneAndReleasesNone(String user) throws Exception {
        String order = heldOrder();

        http.perform(get("/api/orders/holds").with(httpBasic(user, "demo")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[*].orderNumber", not(hasItem(order))));
        release(user, "2026-12-01", order)
                .andExpect(jsonPath("$[0].released").value(false))
                .andExpect(jsonPath("$[0].message", containsString("没有等您处理的信用冻结")));
        assertThat(desk.steps(order)).containsExactly("userTask_releaseHold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse1", "technical1", "purchasing1", "owner"})
    void whoMayNotReadPricesIsRefused(String user) throws Exception {
        http.perform(get("/api/orders/holds").with(httpBasic(user, "demo"))).andExpect(status().isForbidden());
        release(user, "2026-12-01", "SO-20261122-0001").andExpect(status().isForbidden());
    }

    @Test
    void aReasonAndADateAreRequired() throws Exception {
        String order = heldOrder();

        post("director", Map.of("orders", List.of(order), "reviewOn", "2026-12-01"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail", containsString("请填写原因")));
        post("director", Map.of("orders", List.of(), "reason", "x", "reviewOn", "2026-12-01"))
                .andExpect(status().isBadRequest());
        post("director", Map.of("orders", List.of(order), "reason", "x"))
                .andExpect(jsonPath("$[0].released").value(false))
                .andExpect(jsonPath("$[0].message", containsString("请填写复核日期")));
        release("director", "2026-11-01", order)
                .andExpect(jsonPath("$[0].released").value(false))
                .andExpect(jsonPath("$[0].message", containsString("复核日期")));
        assertThat(desk.steps(order)).containsExactly("userTask_releaseHold");
    }

    @Test
    void exactlyWhatWasTickedIsReleasedAndEachHasItsRecord() throws Exception {
        String first = heldOrder();
        String second = heldOrder();
        String untouched = heldOrder();
        http.perform(get("/api/orders/holds").with(httpBasic("director", "demo")))
                .andExpect(jsonPath("$[?(@.orderNumber=='" + first + "')].holds[0].detail", hasSize(1)))
                .andExpect(jsonPath("$[?(@.orderNumber=='" + first + "')].amount", hasItem("200.00")));

        release("director", "2026-12-01", first, second, first)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$", hasSize(2)))
                .andExpect(jsonPath("$[*].released", not(hasItem(false))));

        assertThat(desk.steps(first)).containsExactly("userTask_verifyDocument");
        assertThat(desk.steps(second)).containsExactly("userTask_verifyDocument");
        assertThat(desk.steps(untouched)).containsExactly("userTask_releaseHold");
        for (String order : List.of(first, second)) {
            assertThat(jdbc.sql("select count(*) from decision_record where document_number = ? and choice = 'release'"
                                    + " and actor = 'director' and comment = '季末集中放行'")
                            .param(order)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }
    }

    @Test
    void oneThatIsRefusedStopsNoOther() throws Exception {
        String gone = heldOrder();
        String held = heldOrder();
        desk.complete("director", gone, "userTask_releaseHold", "decision", "reject", "comment", "不做");

        release("director", "2026-12-01", gone, "SO-19990101-0001", held)
                .andExpect(jsonPath("$[0].released").value(false))
                .andExpect(jsonPath("$[1].released").value(false))
                .andExpect(jsonPath("$[2].released").value(true));
        assertThat(desk.steps(held)).containsExactly("userTask_verifyDocument");
    }

    private String heldOrder() {
        String order = desk.receive(
                desk.draft(desk.customer(Grade.B, PaymentTerms.CREDIT, "100.00"), line(desk.product(10), 2)));
        desk.review(order);
        assertThat(desk.steps(order)).containsExactly("userTask_releaseHold");
        return order;
    }

    private ResultActions release(String user, String reviewOn, String... orders) throws Exception {
        return post(user, Map.of("orders", List.of(orders), "reason", "季末集中放行", "reviewOn", reviewOn));
    }

    private ResultActions post(String user, Map<String, ?> body) throws Exception {
        return http.perform(MockMvcRequestBuilders.post("/api/orders/holds/release")
                .with(httpBasic(user, "demo"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(body)));
    }
}
