package com.shunpi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Product;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A browser does what the people of the sales department do, in Chinese. What they saw lies in target/screenshots
 * afterwards.
 */
@Tag("browser")
@ShunpiTest
class OrderReviewBrowserTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final Map<String, Person> PEOPLE = new HashMap<>();

    private static Chromium chromium;

    @LocalServerPort
    private int port;

    @Autowired
    private MasterData masterData;

    @Autowired
    private MutableClock clock;

    private final String serial = Long.toString(System.nanoTime(), 36).toUpperCase();
    private final String customer = "浏览器测试客户 " + serial;

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
        clock.reset();
        masterData.saveCustomers(List.of(new Customer.Facts(
                "BK-" + serial,
                customer,
                Grade.A,
                new BigDecimal("0.8000"),
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
        masterData.saveProducts(List.of(product(1), product(2), product(3)));
    }

    private Product.Facts product(int number) {
        return new Product.Facts(
                "BP-" + serial + "-" + number,
                "压力变送器 " + number,
                "SP300",
                new BigDecimal("100.0000"),
                new BigDecimal("60.0000"),
                50,
                false);
    }

    /** Everybody logs in once and keeps his window. */
    private Person person(String user) {
        return PEOPLE.computeIfAbsent(user, name -> chromium.person(port, name));
    }

    @AfterEach
    void nothingBrokeInAnyWindow() {
        PEOPLE.values().forEach(person -> assertThat(person.errors()).isEmpty());
    }

    private String today() {
        return LocalDate.ofInstant(clock.instant(), SHANGHAI).toString();
    }

    /** R1–R10: from the start form through the hands of all roles to the archive. */
    @Test
    void anOrderOfThreeLinesReachesTheArchive() {
        Person assistant1 = person("assistant1").openTasklist();
        String order = enterOrder(assistant1, true);

        assistant1.work(order, "审核订单", "03-review", Map.of("decision", "approve", "comment", "核对无误"));

        Person assistant2 = person("assistant2").openTasklist();
        assistant2.work(order, "核对单据", "04-verify-order", keyed("3"));

        Person warehouse1 = person("warehouse1").openTasklist();
        warehouse1.openTask(order, "发货");
        // A5: the warehouse sees goods and address, and no price
        assertThat(warehouse1.page().locator("shunpi-order")).containsText("0512-5550102");
        assertThat(warehouse1.page().locator("shunpi-order")).not().containsText("目录价");
        warehouse1.work(order, "发货", "05-ship", Map.of("carrier", "顺丰速运", "waybill", "SF" + serial, "pieces", "2"));

        Person finance1 = person("finance1").openTasklist();
        finance1.work(
                order,
                "开具发票",
                "06-prepare-invoice",
                Map.of("invoiceNumber", "FP" + serial, "taxNumber", "91310000MA1K00001X"));

        Person finance2 = person("finance2").openTasklist();
        Map<String, String> invoice = keyed("3");
        invoice.put(Person.KEYED + "amount", "501.00");
        invoice.put(Person.KEYED + "taxNumber", "9131 0000 MA1K 0000 1X");
        finance2.work(order, "核对发票", "07-verify-invoice", invoice);

        assistant1.openTasklist();
        assistant1.work(order, "归档签收单", "08-file-note", Map.of("signedBy", "沈佳宜", "signedOn", today()));

        assistant1.open("/pages/orders.html?number=" + order);
        assertThat(assistant1.page().locator("shunpi-order h3")).containsText("已归档");
        assertThat(assistant1.page().locator("shunpi-history li")).hasCount(6);
        assertThat(assistant1.page().locator("shunpi-history")).containsText("李娜 核对单据：一致");
        assistant1.screenshot("09-archived");
    }

    /** What the customer's paper says, with this quantity in the first line. */
    private static Map<String, String> keyed(String quantity) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("decision", "agree");
        values.put(Person.KEYED + "lines[0].quantity", quantity);
        values.put(Person.KEYED + "lines[0].unitPrice", "80.00");
        values.put(Person.KEYED + "lines[1].quantity", "2");
        values.put(Person.KEYED + "lines[1].unitPrice", "85.5");
        values.put(Person.KEYED + "lines[2].quantity", "1");
        values.put(Person.KEYED + "lines[2].unitPrice", "90");
        return values;
    }

    /** V2: the verifier keys what he does not see; a slip sends the order back with both values, and it comes again. */
    @Test
    void aMismatchIsShownToBothAndCorrected() {
        Person assistant1 = person("assistant1").openTasklist();
        String order = enterOrder(assistant1, false);
        assistant1.work(order, "审核订单", "15-review", Map.of("decision", "approve"));

        Person assistant2 = person("assistant2").openTasklist();
        assistant2.claim(order, "核对单据");
        assertThat(assistant2.page().locator("shunpi-verification")).containsText("沈佳宜");
        assertThat(assistant2.page().locator("shunpi-verification")).not().containsText("85.5");
        assistant2.decide("agree");
        assertThat(assistant2.completeButton()).isDisabled();
        assertThat(assistant2.page().getByText("请录入全部盲核内容")).isVisible();
        assistant2.screenshot("16-blind");
        keyed("4").forEach((field, value) -> {
            if (field.startsWith(Person.KEYED)) {
                assistant2.key(field.substring(Person.KEYED.length()), value);
            }
        });
        assistant2.complete(order, "核对单据");

        assistant1.openTasklist();
        assistant1.openTask(order, "补正订单");
        assertThat(assistant1.page().locator("shunpi-differences")).containsText("第 1 行数量：录入 3，复核 4");
        assistant1.screenshot("18-differences");
        assistant1.work(order, "补正订单", "19-presented-again", Map.of("decision", "resubmit"));
        assistant1.work(order, "审核订单", "20-review", Map.of("decision", "approve"));

        assistant2.openTasklist();
        assistant2.work(order, "核对单据", "21-agrees", keyed("3"));
        Person warehouse1 = person("warehouse1").openTasklist();
        warehouse1.openTask(order, "发货");
    }

    /** V2, V4: a contract from its start form over two slips and the supervisor to its agreement. */
    @Test
    void aContractIsVerifiedAndDecidedByTheSupervisor() {
        String paper = "HT-" + serial;
        Person assistant1 = person("assistant1").openTasklist();
        assistant1.startProcess("双人复核");
        assistant1.page().locator("#documentType").selectOption("contract");
        assistant1.fill("documentNumber", paper);
        assertThat(assistant1.startButton()).isDisabled();
        assistant1.paperField("customer").fill("华东电子有限公司");
        assistant1.paperField("subject").fill("年度供货");
        assistant1.paperField("amount").fill("88000");
        assistant1.paperField("account").fill("6222 0210 0111");
        assistant1.screenshot("22-request-verification");
        assistant1.start();

        Person assistant2 = person("assistant2");
        for (int slip = 1; slip <= 3; slip++) {
            assistant2.openTasklist();
            assistant2.work(
                    paper,
                    "核对单据",
                    "23-verify-contract",
                    Map.of(
                            "decision",
                            "agree",
                            Person.KEYED + "amount",
                            "80000",
                            Person.KEYED + "account",
                            "622202100111"));
            if (slip < 3) {
                assistant1.openTasklist();
                assistant1.claim(paper, "补正单据");
                assertThat(assistant1.page().locator("shunpi-verification")).containsText("录入 88000，复核 80000");
                assertThat(assistant1.paperField("amount")).hasValue("88000");
                assistant1.decide("resubmit");
                assistant1.completeButton().scrollIntoViewIfNeeded();
                assistant1.screenshot("24-correct-contract");
                assistant1.complete(paper, "补正单据");
            }
        }
        Person manager = person("manager").openTasklist();
        manager.openTask(paper, "主管裁定");
        assertThat(manager.page().locator("shunpi-verification")).containsText("录入 88000，复核 80000");
        manager.work(paper, "主管裁定", "25-supervise", Map.of("decision", "agree", "comment", "原件为 88000"));
    }

    /** Enters an urgent order of three lines, so that it stands at the top of each queue (R12). */
    private String enterOrder(Person assistant, boolean looking) {
        assistant.startOrder();
        assistant.field("customerCode").pressSequentially(serial);
        assistant.page().locator(".sp-hits:popover-open li").first().click();
        assertThat(assistant.field("consignee")).hasValue("沈佳宜");
        assistant.field("requiredDate").fill(today());
        assistant.field("deliveryMode").fill("快递");
        assistant.field("urgent").check();
        assistant.field("remark").fill("请<b>小心</b>轻放");
        assertThat(assistant.startButton()).isDisabled();
        assistant.enterLine(0, serial + "-1", "3", "80");
        assistant.enterLine(1, serial + "-2", "2", "85.50");
        assistant.enterLine(2, serial + "-3", "1", "90");
        // 3 × 80 + 2 × 85.50 + 90
        assertThat(assistant.page().locator("shunpi-lines tfoot")).containsText("501.00");
        assertThat(assistant.page().locator("shunpi-order-editor")).containsText("可以提交，没有冻结原因。");
        if (looking) {
            assistant.screenshot("01-enter-order");
        }
        assistant.start();
        Locator number = assistant.findCard(customer, "审核订单").locator(".shunpi-card-documentNumber");
        String order = number.textContent().strip();
        if (looking) {
            assistant.screenshot("02-queue");
        }
        return order;
    }

    /** A refusal without its reason does not leave the form, and the form says what is missing. What a user typed is text. */
    @Test
    void returningAnOrderTakesAReason() {
        Person assistant = person("assistant1").openTasklist();
        String order = enterOrder(assistant, false);
        assistant.claim(order, "审核订单");

        assistant.decide("return");
        assertThat(assistant.page().getByText("退回或拒绝时请写明原因")).isVisible();
        assertThat(assistant.completeButton()).isDisabled();
        assistant.completeButton().scrollIntoViewIfNeeded();
        assistant.screenshot("10-comment-missing");

        assertThat(assistant.page().locator("shunpi-order")).containsText("请<b>小心</b>轻放");
        assertThat(assistant.page().locator("shunpi-order b")).hasCount(0);

        assistant.fill("comment", "单价请再确认");
        assistant.complete(order, "审核订单");
        assistant.openTask(order, "补正订单");
        assertThat(assistant.page().locator("shunpi-history")).containsText("单价请再确认");
        assistant.screenshot("11-returned");
    }

    /**
     * R7, V1: whoever entered and reviewed the order sees in the queue and in the form that another person has to verify it,
     * and is refused when he tries; until a director lets him do it, for a reason.
     */
    @Test
    void nobodyVerifiesHisOwnOrderUnlessTheGlassIsBroken() {
        Person assistant = person("assistant1").openTasklist();
        String order = enterOrder(assistant, false);
        assistant.work(order, "审核订单", "12-review", Map.of("decision", "approve"));

        assertThat(assistant.findCard(order, "核对单据")).containsText("您办理过，须由他人复核");
        assistant.openTask(order, "核对单据");
        assertThat(assistant.page().locator("shunpi-verification")).containsText("这张单据您办理过，不能由您复核");
        assistant.page().locator("button.claim").click();
        assertThat(assistant.page().locator(".page-notifications")).containsText("请由另一人复核");
        assistant.screenshot("13-four-eyes");

        Person director = person("director").open("/pages/break-glass.html");
        director.page()
                .locator("#open tr", new Page.LocatorOptions().setHasText(order))
                .getByText("破例…")
                .click();
        assertThat(director.page().locator("shunpi-verification")).containsText(order);
        director.page().locator("#userId").selectOption("assistant1");
        director.page().locator("#submit").click();
        // without a reason it stays where it is
        assertThat(director.page().locator("#message")).isHidden();
        director.fill("reason", "同事均请假，客户急等");
        director.screenshot("14-break-glass");
        director.page().locator("#submit").click();
        assertThat(director.page().locator("#message")).containsText("已通知总经理");
        assertThat(director.page().locator("shunpi-verification")).containsText("同事均请假，客户急等");
        director.screenshot("15-glass-broken");

        assistant.openTasklist();
        assertThat(assistant.findCard(order, "核对单据")).not().containsText("须由他人复核");
        assistant.work(order, "核对单据", "16-verify-by-override", keyed("3"));
    }

    /** Copied rows with a header, thousands separators and a currency become lines; the unknown product is named. */
    @Test
    void rowsOfASpreadsheetArePasted() {
        Person assistant = person("assistant1").openTasklist();
        assistant.startOrder();
        assistant.field("customerCode").pressSequentially(serial);
        assistant.page().locator(".sp-hits:popover-open li").first().click();
        String copied = "产品编码\t数量\t单价\nBP-%s-1\t1,000\t¥80.00\nNO-SUCH\t2\t5\n".formatted(serial);
        assistant
                .page()
                .locator("shunpi-lines tbody [data-name=productCode]")
                .first()
                .evaluate(
                        "(field, text) => { const data = new DataTransfer(); data.setData('text/plain', text);"
                                + " field.dispatchEvent(new ClipboardEvent('paste',"
                                + " {clipboardData: data, bubbles: true, cancelable: true})); }",
                        copied);

        Locator rows = assistant.page().locator("shunpi-lines tbody tr");
        assertThat(rows.nth(0).locator("[data-name=quantity]")).hasValue("1000");
        assertThat(rows.nth(0)).containsText("压力变送器 1");
        assertThat(rows.nth(1)).containsText("没有产品 NO-SUCH");
        assertThat(assistant.startButton()).isDisabled();
        assistant.screenshot("14-pasted");
    }

    /** A script of ours that is missing takes its part of the forms along, and nothing else. */
    @Test
    void tasklistWorksWithoutItsComponents() {
        try (Person assistant = chromium.person(port, "assistant1")) {
            assistant.page().route("**/assets/components/**", Route::abort);
            assistant.openTasklist();
            assertThat(assistant.page().getByText("发起流程")).isVisible();
        }
    }

    /** A5: orders are no business of everybody's, and the page says so. */
    @Test
    void aStrangerToOrdersIsToldSo() {
        Person purchasing = person("purchasing1").open("/pages/orders.html");
        assertThat(purchasing.page().locator("#message")).containsText("您没有查看订单的权限");
        assertThat(purchasing.page().locator("#orders tr")).hasCount(0);
    }

    /** A8: a table, a chart and a spreadsheet of the same figures. */
    @Test
    void aReportIsATableAChartAndASpreadsheet() {
        Person finance = person("finance1").open("/pages/reports.html?name=receivables-aging");
        assertThat(finance.page().locator("#rows tr").first()).isVisible();
        assertThat(finance.page().locator("#totals th")).hasText("合计");
        assertThat(finance.page().locator("#chart")).hasAttribute("style", Pattern.compile("width"));
        finance.page().locator("#by").selectOption("rep");
        assertThat(finance.page().locator("#columns th").first()).hasText("业务员");
        assertThat(finance.page().locator("#download"))
                .hasAttribute("href", Pattern.compile("receivables-aging\\?to=.*&by=rep&format=xlsx$"));
        finance.screenshot("15-report");
    }

    @ParameterizedTest
    @CsvSource({
        "assistant1, /pages/orders.html, 订单",
        "warehouse1, /pages/orders.html, 订单",
        "warehouse1, /pages/orders.html?view=production, 生产需求",
        "rep1, /pages/agreements.html, 特价协议",
        "assistant1, /pages/import.html, 导入表格",
        "finance1, /pages/import.html, 导入表格",
        "warehouse1, /pages/stock.html, 到货登记",
        "assistant1, /pages/price-changes.html, 价格变更",
        "owner, /pages/reports.html?name=workload, 工作量",
        "director, /pages/break-glass.html, 破例复核",
        "admin, /pages/mails.html, 邮件"
    })
    void everyPageOpensForWhoWorksWithIt(String user, String path, String title) {
        Person person = person(user).open(path);
        assertThat(person.page().locator("h1").filter(new Locator.FilterOptions().setVisible(true)))
                .hasText(title);
        assertThat(person.page().locator(".topbar [aria-current=page]")).hasCount(1);
        assertThat(person.page().locator("[role=alert]").filter(new Locator.FilterOptions().setVisible(true)))
                .hasCount(0);
        person.screenshot("page-" + user + path.replaceAll("[^a-z]+", "-"));
    }
}
