package com.shunpi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Product;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** P1–P7 at the browser: request, preview, two levels, a counter-offer, the agreement. */
@Tag("browser")
@ShunpiTest
class SpecialPriceBrowserTest {

    private static Chromium chromium;

    @LocalServerPort
    private int port;

    @Autowired
    private MasterData masterData;

    @Autowired
    private JdbcClient jdbc;

    private final String serial = Long.toString(System.nanoTime(), 36).toUpperCase();
    private final String customer = "特价测试客户 " + serial;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void closeBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void begin() {
        masterData.saveCustomers(List.of(new Customer.Facts(
                "SK-" + serial,
                customer,
                Grade.B,
                new BigDecimal("1.0000"),
                PaymentTerms.CREDIT,
                new BigDecimal("1000000.00"),
                30,
                "沈佳宜",
                "0512-5550102",
                "browser@example.com",
                "江苏省苏州市虚拓街 66 号",
                "rep1",
                "华东",
                null)));
        masterData.saveProducts(List.of(new Product.Facts(
                "SP-" + serial, "压力变送器", "SP300", new BigDecimal("100.0000"), new BigDecimal("60.0000"), 50, false)));
    }

    @Test
    void aRequestIsPreviewedApprovedCounteredAndBecomesAnAgreement() {
        try (Person rep = chromium.person(port, "rep1");
                Person manager = chromium.person(port, "manager");
                Person director = chromium.person(port, "director")) {
            rep.openTasklist();
            rep.startProcess("特价审批", "shunpi-price-editor [data-name=customerCode]");
            Page form = rep.page();
            form.locator("shunpi-price-editor [data-name=customerCode]").pressSequentially(serial);
            form.locator(".sp-hits:popover-open li").first().click();
            // tests stand still on this day; a browser does not
            form.locator("#price-validFrom").fill("2026-11-23");
            form.locator("#price-validTo").fill("2026-12-31");
            form.locator("#price-expectedVolume").fill("100");
            form.locator("#price-reason").fill("竞争对手报价更低");
            rep.enterLine(0, serial, "10", "88");
            Locator preview = form.locator("shunpi-price-preview");
            assertThat(preview).containsText("销售经理");
            assertThat(preview).containsText("陈静");
            assertThat(preview).containsText("低于客户价超过 10%");
            assertThat(preview).containsText("单价提到 90.00，可少一级审批（销售总监）");
            rep.screenshot("30-price-request");
            rep.start();

            manager.openTasklist();
            manager.openTask(customer, "审批特价");
            assertThat(manager.page().locator("shunpi-price-request")).containsText("毛利率");
            manager.claim(customer, "审批特价");
            manager.decide("approve");
            manager.completeButton().scrollIntoViewIfNeeded();
            manager.screenshot("31-price-approval");
            manager.complete(customer, "审批特价");

            director.openTasklist();
            director.claim(customer, "审批特价");
            director.decide("counter");
            director.page().locator("shunpi-price-offer [data-name=askedPrice]").fill("92");
            director.fill("comment", "最多让到 92");
            director.completeButton().scrollIntoViewIfNeeded();
            director.screenshot("32-price-offer");
            director.complete(customer, "审批特价");

            rep.openTasklist();
            rep.openTask(customer, "答复还价");
            assertThat(rep.page().locator("shunpi-price-request")).containsText("10 × 92.00");
            rep.work(customer, "答复还价", "33-answer-offer", Map.of("decision", "accept"));

            rep.open("/pages/agreements.html?product=SP-" + serial);
            assertThat(rep.page().locator("#agreements tr")).hasCount(1);
            assertThat(rep.page().locator("#agreements")).containsText("92.00");
            assertThat(rep.page().locator("#agreements")).containsText("有效");
            rep.screenshot("34-agreements");
            for (Person person : List.of(rep, manager, director)) {
                org.assertj.core.api.Assertions.assertThat(person.errors()).isEmpty();
            }
        }
    }

    /** P8: a promotion is asked for at the start form, approved, and lowers the price in the next order. */
    @Test
    void aPromotionIsAskedForAndLowersPrices() {
        String name = "促销（A、B 级客户）";
        try (Person rep = chromium.person(port, "rep2");
                Person manager = chromium.person(port, "manager")) {
            rep.openTasklist();
            rep.startProcess("特价审批", "shunpi-price-editor [data-name=customerCode]");
            Page form = rep.page();
            form.locator("shunpi-price-editor #price-kind").selectOption("promotion");
            assertThat(form.locator("shunpi-price-editor [data-name=customerCode]"))
                    .isHidden();
            form.locator("[data-name=grade-A]").check();
            form.locator("[data-name=grade-B]").check();
            form.locator("#price-validFrom").fill("2026-11-23");
            form.locator("#price-validTo").fill("2026-12-31");
            form.locator("#price-reason").fill("双十二促销 " + serial);
            rep.enterLine(0, serial, "10", "95");
            // without a budget it is not sent
            assertThat(rep.startButton()).isDisabled();
            form.locator("#price-budget").fill("100");
            assertThat(form.locator("shunpi-price-preview")).containsText("销售经理");
            rep.screenshot("38-promotion");
            rep.start();

            manager.openTasklist();
            String number = latestRequest();
            manager.openTask(number, "审批特价");
            assertThat(manager.page().locator("shunpi-price-request")).containsText(name);
            assertThat(manager.page().locator("shunpi-price-request")).containsText("100.00");
            manager.work(number, "审批特价", "39-promotion-approval", Map.of("decision", "approve"));

            assertThatHolds(order("5", "95")).contains("\"holds\":[]"); // 25.00 of discount
            assertThatHolds(order("21", "95")).contains("\"reason\":\"price\""); // more than the budget
            for (Person person : List.of(rep, manager)) {
                org.assertj.core.api.Assertions.assertThat(person.errors()).isEmpty();
            }
        }
    }

    private String latestRequest() {
        return jdbc.sql("select r.request_number from special_price_request r join special_price_line l"
                        + " on l.request_number = r.request_number where l.product_code = ?")
                .param("SP-" + serial)
                .query(String.class)
                .single();
    }

    private String order(String quantity, String price) {
        return HttpUser.basic(port, "assistant1")
                .post("/api/orders", """
                        {"source": "browser", "externalNumber": "E-%2$s-%1$s", "customerCode": "SK-%1$s",
                         "requiredDate": "2026-12-20", "deliveryMode": "快递", "consignee": "沈佳宜", "phone": "0512-5550102",
                         "address": "江苏省苏州市虚拓街 66 号",
                         "lines": [{"productCode": "SP-%1$s", "quantity": "%2$s", "unitPrice": "%3$s"}]}
                        """.formatted(serial, quantity, price))
                .body();
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertThatHolds(String answer) {
        return org.assertj.core.api.Assertions.assertThat(answer);
    }

    /** R5, P1: what an order opened is completed without typing anything twice, and lets the order go on. */
    @Test
    void anOrdersRequestIsCompletedAndSent() {
        String answer = order("5", "95");
        String order = answer.replaceFirst("(?s).*\"orderNumber\":\"([^\"]+)\".*", "$1");
        try (Person assistant = chromium.person(port, "assistant1");
                Person rep = chromium.person(port, "rep1");
                Person manager = chromium.person(port, "manager")) {
            assistant.openTasklist();
            assistant.work(order, "审核订单", "35-review", Map.of("decision", "approve"));

            rep.openTasklist();
            rep.claim(order, "提交特价申请");
            assertThat(rep.page().locator("shunpi-price-request")).containsText("95.00");
            assertThat(rep.page().locator("shunpi-price-preview")).containsText("低于客户价超过 3%");
            rep.decide("submit");
            assertThat(rep.completeButton()).isDisabled();
            rep.fill("price-validTo", "2026-12-31");
            rep.fill("price-reason", "竞争对手报价更低");
            rep.completeButton().scrollIntoViewIfNeeded();
            rep.screenshot("36-submit-request");
            rep.complete(order, "提交特价申请");

            manager.openTasklist();
            manager.work(order, "审批特价", "37-approve", Map.of("decision", "approve"));
            org.assertj.core.api.Assertions.assertThat(HttpUser.basic(port, "manager")
                            .get("/api/orders/" + order)
                            .body())
                    .contains("\"holds\":[]");
            for (Person person : List.of(assistant, rep, manager)) {
                org.assertj.core.api.Assertions.assertThat(person.errors()).isEmpty();
            }
        }
    }
}
