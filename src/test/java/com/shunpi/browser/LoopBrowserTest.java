package com.shunpi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.calendar.WorkingDays;
import com.shunpi.collection.CollectionRuns;
import com.shunpi.masterdata.Grade;
import com.shunpi.order.OrderDesk;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Receivables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/**
 * N9 at the browser: the customer's page shows debt, promise, return and held order side by side; the return takes its
 * invoice out of dunning, and the receipt that finance enters lets the order go on.
 */
@Tag("browser")
@ShunpiTest
class LoopBrowserTest {

    private static final LocalDate OVERDUE = LocalDate.of(2026, 12, 24);

    private static Chromium chromium;

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Receivables receivables;

    @Autowired
    private MutableClock clock;

    @Autowired
    private ApplicationContext application;

    private String customer;

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

    private void run(LocalDate day) {
        clock.set(day.atTime(LocalTime.of(9, 0)).atZone(WorkingDays.ZONE).toInstant());
        CollectionRuns.act(application, customer, day);
    }

    /** The row of an invoice among those that are not paid. */
    private static Locator invoice(Person person, String number) {
        return person.page().locator("#detail tr", new Page.LocatorOptions().setHasText(number));
    }

    @Test
    void debtPromiseReturnAndOrderActOnOneAnother() {
        customer = desk.customerOfAnyCredit(Grade.B);
        String order = desk.delivered(customer, Map.of(desk.product(50), 10));
        desk.invoice(order);
        String returned = receivables.invoiceOf(order).orElseThrow().invoiceNumber();
        String other = OrderDesk.unique("FP-");
        receivables.issue(new Invoice.Facts(
                other,
                customer,
                null,
                OVERDUE.minusDays(31),
                OVERDUE.minusDays(1),
                new BigDecimal("2000.00"),
                BigDecimal.ZERO,
                false));
        run(OVERDUE);
        String page = "/pages/collection.html?customer=" + customer;
        try (Person rep = chromium.person(port, "rep1");
                Person finance = chromium.person(port, "finance1");
                Person assistant = chromium.person(port, "assistant2")) {
            rep.open(page);
            assertThat(rep.page().locator("#file")).containsText("3,000.00");
            assertThat(invoice(rep, returned)).containsText("催收中");
            String debt = rep.page().locator("#file").innerText().replaceAll("(?s).*(CF-\\d{8}-\\d{4}).*", "$1");
            rep.fill("said", "今天付清");
            rep.fill("promisedOn", OVERDUE.toString());
            rep.fill("promisedAmount", "2000");
            rep.page().locator("#contact button").click();
            assertThat(rep.page().locator("#message")).hasText("已登记。");

            rep.openTasklist();
            rep.startProcess("退换货", "shunpi-return-editor [data-name=orderNumber]");
            rep.fill("return-order", order);
            rep.page().locator("#return-reason").selectOption("quality");
            rep.fill("return-description", "通电后显示屏不亮");
            rep.page()
                    .locator("shunpi-return-editor tbody tr [data-name=quantity]")
                    .fill("2");
            rep.start();

            run(OVERDUE.plusDays(1));
            String held = desk.reviewedOrder(customer);
            rep.open(page);
            assertThat(invoice(rep, returned)).containsText("退换货");
            assertThat(invoice(rep, other)).containsText("催收中");
            assertThat(rep.page().locator("#detail")).containsText("未兑现");
            assertThat(rep.page().locator("#orders li", new Page.LocatorOptions().setHasText(held)))
                    .containsText("冻结");
            assertThat(rep.page().locator("#returns li")).hasCount(1);
            rep.screenshot("80-loop-customer");

            // the customer says that he has paid; finance finds it
            desk.complete("manager", debt, "userTask_followUpAsManager", "decision", "call", "comment", "请再联系");
            desk.complete(
                    "rep1",
                    debt,
                    "userTask_callCustomer",
                    "decision",
                    "claims-paid",
                    "comment",
                    "昨天已汇出",
                    "person",
                    "张三",
                    "means",
                    "phone");
            Map<String, String> receipt = new LinkedHashMap<>();
            receipt.put("decision", "confirm");
            receipt.put("bankReference", OrderDesk.unique("B"));
            receipt.put("receivedAmount", "3000.00");
            receipt.put("receivedOn", OVERDUE.plusDays(1).toString());
            receipt.put("payer", "客户");
            receipt.put("bank", "工行");
            finance.openTasklist();
            finance.work(debt, "查实到款", "81-loop-receipt", receipt);

            rep.open(page);
            assertThat(rep.page().locator("#detail")).containsText("没有未付的发票");
            assertThat(rep.page().locator("#file")).not().containsText(debt);
            assertThat(rep.page().locator("#orders li", new Page.LocatorOptions().setHasText(held)))
                    .not()
                    .containsText("冻结");
            rep.screenshot("82-loop-paid");
            assistant.openTasklist();
            assertThat(assistant.findCard(held, "核对单据")).hasCount(1);

            for (Person person : List.of(rep, finance, assistant)) {
                org.assertj.core.api.Assertions.assertThat(person.errors()).isEmpty();
            }
        }
    }
}
