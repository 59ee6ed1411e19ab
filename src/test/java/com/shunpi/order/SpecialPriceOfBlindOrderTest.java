package com.shunpi.order;

import static com.shunpi.order.OrderDesk.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** V2: what an order asked for as a special price is no way around its blind check. */
@ShunpiTest
class SpecialPriceOfBlindOrderTest {

    private static final String PRICE = "97.31";

    @Autowired
    private OrderDesk desk;

    @Autowired
    private MockMvc http;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void theRequestAndItsAgreementAreHiddenWithTheOrder() throws Exception {
        String customer = desk.customer(Grade.B);
        String order = desk.receive(desk.draft(customer, line(desk.product(50), 10, PRICE)));
        desk.review(order);
        desk.submitPrice(order);
        assertThat(desk.steps(order)).containsExactly("userTask_verifyDocument");
        String request = jdbc.sql("select request_number from special_price_request where order_number = ?")
                .param(order)
                .query(String.class)
                .single();
        List<String> answers = List.of(
                "/api/special-prices/" + request, "/api/agreements?customer=" + customer, "/api/cases/" + request);

        for (String answer : answers) {
            assertThat(read("assistant1", answer)).as(answer).contains(PRICE);
            assertThat(read("assistant2", answer)).as(answer).doesNotContain(PRICE);
        }

        desk.verify(order);

        for (String answer : answers) {
            assertThat(read("assistant2", answer)).as(answer).contains(PRICE);
        }
    }

    private String read(String user, String path) throws Exception {
        return http.perform(get(path).with(httpBasic(user, "demo")))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }
}
