package com.shunpi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.order.OrderDesk;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** T1–T8 at the browser: application with a photo, solution, approval, receipt, appraisal, refund and exchange. */
@Tag("browser")
@ShunpiTest
class ReturnsBrowserTest {

    private static final byte[] PHOTO = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static Chromium chromium;

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk orders;

    @Autowired
    private JdbcClient jdbc;

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

    private static Locator goods(Person person, int line, String name) {
        return person.page().locator("shunpi-return-goods tbody tr").nth(line).locator("[data-name=" + name + "]");
    }

    @Test
    void aReturnIsAppliedForApprovedReceivedRefundedAndExchanged() {
        Map<String, Integer> units = new LinkedHashMap<>();
        units.put(orders.product(30), 5);
        units.put(orders.product(30), 5);
        String order = orders.delivered(orders.customerOfAnyCredit(Grade.B), units);
        orders.invoice(order);
        try (Person rep = chromium.person(port, "rep1");
                Person assistant = chromium.person(port, "assistant1");
                Person manager = chromium.person(port, "manager");
                Person warehouse = chromium.person(port, "warehouse1");
                Person technical = chromium.person(port, "technical1");
                Person finance = chromium.person(port, "finance1");
                Person verifier = chromium.person(port, "finance2")) {
            rep.openTasklist();
            rep.startProcess("退换货", "shunpi-return-editor [data-name=orderNumber]");
            Page form = rep.page();
            form.locator("#return-order").fill(order);
            Locator lines = form.locator("shunpi-return-editor tbody tr");
            assertThat(lines).hasCount(2);
            form.locator("#return-reason").selectOption("quality");
            form.locator("#return-description").fill("通电后显示屏不亮");
            lines.nth(0).locator("[data-name=quantity]").fill("9");
            assertThat(form.locator("shunpi-return-editor .sp-notice")).containsText("最多还能退 5 件");
            lines.nth(0).locator("[data-name=quantity]").fill("2");
            lines.nth(1).locator("[data-name=quantity]").fill("1");
            lines.nth(1).locator("[data-name=outcome]").selectOption("exchange");
            form.locator("#return-files")
                    .setInputFiles(new FilePayload("病毒.jpg", "image/jpeg", "MZ program".getBytes()));
            assertThat(form.locator("shunpi-return-editor .sp-notice-fault")).containsText("不是允许的类型");
            form.locator("#return-files").setInputFiles(new FilePayload("显示屏不亮.png", "image/png", PHOTO));
            assertThat(form.locator("shunpi-return-editor")).containsText("显示屏不亮.png");
            rep.screenshot("60-return-application");
            rep.start();
            String number = jdbc.sql("select return_number from return_case where order_number = ?")
                    .param(order)
                    .query(String.class)
                    .single();

            assistant.openTasklist();
            assistant.work(number, "受理并答复客户", "61-answer", Map.of("decision", "accept"));
            assistant.claim(number, "提出处理方案");
            Page proposal = assistant.page();
            assistant.decide("propose");
            assertThat(assistant.completeButton()).isDisabled();
            for (String bearer : List.of("goodsBorneBy", "outwardBorneBy", "backBorneBy", "responsible")) {
                proposal.locator("#solution-" + bearer).selectOption("company");
            }
            proposal.locator("#solution-repairBorneBy").selectOption("none");
            proposal.locator("#solution-text").fill("两件退款，一件换新");
            proposal.locator("#solution-cause").fill("显示屏排线松脱");
            proposal.locator("#solution-correctiveAction").fill("装配工序加检排线");
            assistant.completeButton().scrollIntoViewIfNeeded();
            assistant.screenshot("62-solution");
            assistant.complete(number, "提出处理方案");

            manager.openTasklist();
            manager.claim(number, "审批退换货");
            assertThat(manager.page().locator("shunpi-return")).containsText("装配工序加检排线");
            assertThat(manager.page().locator("shunpi-return a")).hasText("显示屏不亮.png");
            manager.screenshot("63-approval");
            manager.decide("approve");
            manager.complete(number, "审批退换货");

            warehouse.openTasklist();
            warehouse.claim(number, "清点退货");
            assertThat(warehouse.page().locator("shunpi-return")).not().containsText("100.00");
            goods(warehouse, 0, "count").fill("2");
            goods(warehouse, 1, "count").fill("1");
            warehouse.decide("received");
            warehouse.screenshot("64-receipt");
            warehouse.complete(number, "清点退货");

            technical.openTasklist();
            technical.claim(number, "技术鉴定");
            goods(technical, 0, "verdict").selectOption("confirmed");
            goods(technical, 0, "good").fill("1");
            goods(technical, 1, "verdict").selectOption("confirmed");
            technical.decide("appraised");
            technical.completeButton().scrollIntoViewIfNeeded();
            technical.screenshot("65-appraisal");
            technical.complete(number, "技术鉴定");

            warehouse.openTasklist();
            warehouse.claim(number, "处置货物");
            goods(warehouse, 0, "restock").fill("1");
            goods(warehouse, 0, "scrap").fill("1");
            goods(warehouse, 1, "scrap").fill("1");
            warehouse.decide("disposed");
            warehouse.completeButton().scrollIntoViewIfNeeded();
            warehouse.screenshot("66-disposition");
            warehouse.complete(number, "处置货物");

            finance.openTasklist();
            finance.work(
                    number,
                    "开红字发票",
                    "67-credit-note",
                    Map.of(
                            "decision", "credit",
                            "creditNoteNumber", "CN-" + number,
                            "refundAccount", "6222021001112223"));
            verifier.openTasklist();
            verifier.work(
                    number,
                    "核对发票",
                    "68-verify-refund",
                    Map.of(
                            "decision",
                            "agree",
                            Person.KEYED + "account",
                            "6222 0210 0111 2223",
                            Person.KEYED + "amount",
                            "200.00"));

            String replacement = jdbc.sql("select order_number from sales_order where case_number = ?")
                    .param(number)
                    .query(String.class)
                    .single();
            orders.send(replacement);
            assistant.openTasklist();
            assistant.claim(number, "结案");
            assertThat(assistant.page().locator("shunpi-return")).containsText("CN-" + number);
            assistant.decide("close");
            assistant.completeButton().scrollIntoViewIfNeeded();
            assistant.screenshot("69-close");
            assistant.complete(number, "结案");

            rep.open("/pages/returns.html?order=" + order);
            assertThat(rep.page().locator("#returns tr")).hasCount(1);
            assertThat(rep.page().locator("#returns")).containsText("已结案");
            rep.screenshot("70-returns");
            rep.page().locator("#returns a").first().click();
            assertThat(rep.page().locator("shunpi-return")).containsText("品质投诉单");
            rep.screenshot("71-return");

            org.assertj.core.api.Assertions.assertThat(
                            jdbc.sql("select status from return_case where return_number = ?")
                                    .param(number)
                                    .query(String.class)
                                    .single())
                    .isEqualTo("CLOSED");
            for (Person person : List.of(rep, assistant, manager, warehouse, technical, finance, verifier)) {
                org.assertj.core.api.Assertions.assertThat(person.errors()).isEmpty();
            }
        }
    }
}
