package com.shunpi.pricebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.MasterData;
import com.shunpi.order.OrderDesk;
import com.shunpi.verification.Agreement;
import com.shunpi.verification.VerificationDesk;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** P4: a price change takes two people, and nothing but their agreement reaches the price book. */
@ShunpiTest
class PriceChangeTest {

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk orders;

    @Autowired
    private VerificationDesk desk;

    @Autowired
    private MasterData masterData;

    @Autowired
    private PriceChangeService changes;

    @Autowired
    private DuePriceChanges due;

    @Autowired
    private MutableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ObjectMapper json;

    private final String product() {
        return orders.product(1);
    }

    private JsonNode prepare(String user, String body, int status) throws Exception {
        var answer = HttpUser.basic(port, user).post("/api/price-changes", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return json.readTree(answer.body());
    }

    private static String listPrice(String product, String value, String day) {
        return "{\"productCode\":\"%s\",\"newValue\":\"%s\",\"effectiveOn\":\"%s\"}".formatted(product, value, day);
    }

    private BigDecimal priceOf(String product) {
        return masterData.products(List.of(product)).get(product).listPrice();
    }

    private void confirm(String user, String change, String keyed) {
        desk.complete(
                user,
                change,
                "userTask_confirmChange",
                "decision",
                "agree",
                "keyed",
                "{\"newValue\":\"" + keyed + "\"}");
    }

    @Test
    void onlyAnAssistantPreparesAndEveryFaultIsNamed() throws Exception {
        String product = product();
        for (String user : List.of("rep1", "manager", "finance1", "warehouse1", "admin")) {
            prepare(user, listPrice(product, "111", "2026-11-23"), 403);
        }
        JsonNode refused = prepare("assistant1", "{\"newValue\":\"-1\",\"effectiveOn\":\"2026-11-22\"}", 400);
        assertThat(refused.get("faults")).hasSize(3);
        assertThat(prepare("assistant1", listPrice("NOTHING", "111", "2026-11-23"), 400)
                        .toString())
                .contains("没有产品");
        assertThat(prepare("assistant1", listPrice(product, "100", "2026-11-23"), 400)
                        .toString())
                .contains("现在就是");
        assertThat(prepare(
                                "assistant1",
                                "{\"customerCode\":\"%s\",\"newValue\":\"1.01\",\"effectiveOn\":\"2026-11-23\"}"
                                        .formatted(orders.customerOfAnyCredit()),
                                400)
                        .toString())
                .contains("不超过 1");
    }

    @Test
    void theSupervisorKeysTheNewPriceAndOnlyThenItCounts() throws Exception {
        String product = product();
        String change = prepare("assistant1", listPrice(product, "127.85", "2026-11-23"), 201)
                .get("changeNumber")
                .asText();
        prepare("assistant2", listPrice(product, "118", "2026-11-23"), 409); // F5
        assertThat(priceOf(product)).isEqualByComparingTo("100");

        // V2: who confirms sees the old one and keys the new one
        for (String path : List.of("/api/price-changes/" + change, "/api/price-changes", "/api/cases/" + change)) {
            assertThat(HttpUser.basic(port, "manager").get(path).body()).doesNotContain("127.85");
        }
        assertThat(HttpUser.basic(port, "assistant1")
                        .get("/api/price-changes/" + change)
                        .body())
                .contains("127.85");

        // the preparer, and a colleague, cannot (V1, P4); no other way leads to the price book
        for (String user : List.of("assistant1", "assistant2", "director")) {
            assertThatThrownBy(() -> confirm(user, change, "127.85")).isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> changes.verified(change)).hasMessageContaining("尚未由另一人复核");
        assertThatThrownBy(() -> jdbc.sql("update price_change set status = 'CONFIRMED', confirmed_by = prepared_by"
                                + " where change_number = ?")
                        .param(change)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(priceOf(product)).isEqualByComparingTo("100");

        confirm("manager", change, "127.8500");
        assertThat(priceOf(product)).isEqualByComparingTo("127.85");
        assertThat(changes.change(change).status()).isEqualTo(PriceChange.Status.EFFECTIVE);
        assertThat(changes.change(change).confirmedBy()).isEqualTo("manager");
    }

    @Test
    void aSlipGoesBackIsCorrectedAndVerifiedAgain() throws Exception {
        String product = product();
        String change = prepare("assistant1", listPrice(product, "171.35", "2026-11-23"), 201)
                .get("changeNumber")
                .asText();
        confirm("manager", change, "117.35");
        assertThat(priceOf(product)).isEqualByComparingTo("100");
        for (String user : List.of("manager", "rep1")) {
            assertThatThrownBy(() -> desk.complete(
                            user,
                            change,
                            "userTask_correctDocument",
                            "decision",
                            "resubmit",
                            "fields",
                            "{\"newValue\":\"117.35\",\"effectiveOn\":\"2026-11-23\"}"))
                    .hasStackTraceContaining("没有执行此操作的权限");
        }
        desk.complete(
                "assistant1",
                change,
                "userTask_correctDocument",
                "decision",
                "resubmit",
                "fields",
                "{\"newValue\":\"117.35\",\"effectiveOn\":\"2026-11-23\"}");
        confirm("manager", change, "117.35");
        assertThat(priceOf(product)).isEqualByComparingTo("117.35");
    }

    @Test
    void aWithdrawnChangeLeavesThePriceAndMakesRoom() throws Exception {
        String product = product();
        String change = prepare("assistant1", listPrice(product, "171.35", "2026-11-23"), 201)
                .get("changeNumber")
                .asText();
        desk.complete("manager", change, "userTask_confirmChange", "decision", "mismatch", "comment", "没有批文");
        desk.complete("assistant1", change, "userTask_correctDocument", "decision", "withdraw", "comment", "撤回");
        assertThat(priceOf(product)).isEqualByComparingTo("100");
        prepare("assistant1", listPrice(product, "118", "2026-11-23"), 201);
    }

    @Test
    void whoPreparedItDoesNotConfirmIt() { // P4, V1: whatever proof he brings
        java.time.LocalDate day = java.time.LocalDate.of(2026, 11, 24);
        PriceChange change = new PriceChange(
                "PC-1",
                PriceChange.Kind.LIST_PRICE,
                "P",
                "P",
                BigDecimal.TEN,
                BigDecimal.ONE,
                day,
                "manager",
                clock.instant());
        assertThatThrownBy(() -> change.confirm(new Agreement("DV-1", "manager", false), clock.instant()))
                .hasMessageContaining("准备人以外");
        assertThatThrownBy(() -> change.takeEffect(day, clock.instant())).hasMessageContaining("待主管确认");
        change.confirm(new Agreement("DV-2", "director", false), clock.instant());
        assertThatThrownBy(() -> change.takeEffect(day.minusDays(1), clock.instant()))
                .hasMessageContaining("起生效");
        change.takeEffect(day, clock.instant());
    }

    @Test
    void aDiscountWaitsForItsDay() throws Exception {
        String customer = orders.customerOfAnyCredit();
        String change = prepare(
                        "assistant1",
                        "{\"customerCode\":\"%s\",\"newValue\":0.85,\"effectiveOn\":\"2026-11-25\"}"
                                .formatted(customer),
                        201)
                .get("changeNumber")
                .asText();
        confirm("manager", change, "0.85");
        due.run();
        assertThat(masterData.customer(customer).orElseThrow().discount()).isEqualByComparingTo("1");
        assertThat(changes.change(change).status()).isEqualTo(PriceChange.Status.CONFIRMED);

        clock.advance(Duration.ofDays(2));
        due.run();
        due.run();
        assertThat(masterData.customer(customer).orElseThrow().discount()).isEqualByComparingTo("0.85");
        assertThat(changes.change(change).status()).isEqualTo(PriceChange.Status.EFFECTIVE);
    }
}
