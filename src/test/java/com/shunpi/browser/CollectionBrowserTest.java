package com.shunpi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.shunpi.ShunpiTest;
import com.shunpi.collection.CollectionRuns;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.Receivables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** C4, C5, F10 at the browser: from the worklist to the customer, a call with a promise in seconds; the task in Tasklist. */
@Tag("browser")
@ShunpiTest
class CollectionBrowserTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private static Chromium chromium;

    @LocalServerPort
    private int port;

    @Autowired
    private MasterData masterData;

    @Autowired
    private Receivables receivables;

    @Autowired
    private ApplicationContext application;

    private final String serial = Long.toString(System.nanoTime(), 36).toUpperCase();

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

    private String owes(String prefix) {
        String code = prefix + serial;
        masterData.saveCustomers(List.of(new Customer.Facts(
                code,
                "催款测试客户 " + code,
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
        receivables.issue(new Invoice.Facts(
                "FP-" + code,
                code,
                null,
                TODAY.minusDays(33),
                TODAY.minusDays(3),
                new BigDecimal("8600.00"),
                BigDecimal.ZERO,
                false));
        CollectionRuns.act(application, code, TODAY);
        return code;
    }

    @Test
    void aCallWithAPromiseIsRecordedOnThePage() {
        String code = owes("KA");
        try (Person rep = chromium.person(port, "rep1")) {
            rep.open("/pages/collection.html?rep=rep1");
            Page page = rep.page();
            page.locator("#cases tr", new Page.LocatorOptions().setHasText(code))
                    .locator("a")
                    .click();
            assertThat(page.locator("#file")).containsText("8,600.00");
            assertThat(page.locator("#detail")).containsText("FP-" + code);
            page.locator("#said").fill("下月初付清");
            page.locator("#promisedOn").fill("2026-12-01");
            page.locator("#promisedAmount").fill("8600");
            rep.screenshot("40-collection-call");
            page.locator("#contact button").click();
            assertThat(page.locator("#message")).hasText("已登记。");
            assertThat(page.locator("#file")).containsText("2026-12-01");
            assertThat(page.locator("#detail")).containsText("未到期");
            assertThat(page.locator("#detail")).containsText("下月初付清");
            // what the server refuses is said, and nothing typed is lost
            page.locator("#said").fill("又改了");
            page.locator("#promisedOn").fill("2026-11-01");
            page.locator("#promisedAmount").fill("1");
            page.locator("#contact button").click();
            assertThat(page.locator("#message")).containsText("承诺日期不能早于今天");
            assertThat(page.locator("#said")).hasValue("又改了");
            rep.screenshot("41-collection-customer");
            rep.open("/pages/collection.html?view=simulation");
            page.locator("#date").fill("2026-12-02");
            page.locator("#simulate button").click();
            assertThat(page.locator("#outcome")).containsText("会记为失信的承诺");
            assertThat(page.locator("#outcome")).containsText(code);
            rep.screenshot("42-collection-simulation");
            org.assertj.core.api.Assertions.assertThat(rep.errors()).isEmpty();
        }
    }

    @Test
    void theTaskInTasklistShowsTheCaseAndTakesThePromise() {
        String code = owes("KB");
        try (Person rep = chromium.person(port, "rep1")) {
            rep.openTasklist();
            rep.claim(code, "联系客户");
            assertThat(rep.page().locator("shunpi-collection")).containsText("8,600.00");
            rep.decide("promise");
            rep.fill("person", "沈佳宜");
            rep.fill("comment", "周五付清");
            rep.fill("promisedOn", "2026-11-27");
            rep.fill("promisedAmount", "8600.00");
            rep.completeButton().scrollIntoViewIfNeeded();
            rep.screenshot("43-collection-task");
            rep.complete(code, "联系客户");
            rep.open("/pages/collection.html?customer=" + code);
            assertThat(rep.page().locator("#file")).containsText("2026-11-27");
            org.assertj.core.api.Assertions.assertThat(rep.errors()).isEmpty();
        }
    }
}
