package com.shunpi.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.workflow.Directory;
import com.shunpi.workflow.HiddenContent;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.annotation.Transactional;

/**
 * A8 and A5, reckoned by hand for two customers and two products in March 2025, a month of their own. Nothing is committed.
 *
 * <p>A81 (rep1, 测试东, pays 80 %) and A82 (rep2, 测试西, pays 90 %); P1 costs 100.00, P2 cost 50.00 until 20 March and
 * 60.00 since.
 */
@ShunpiTest
@Transactional
class MonthEndReportsTest {

    private static final String MARCH = "from=2025-03-01&to=2025-03-31";
    private static final String FORMULA = "=cmd|'/C calc'!A0";

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private Directory directory;

    @Autowired
    private HiddenContent hidden;

    @Autowired
    private Login login;

    @BeforeEach
    void march() {
        customer("A81", FORMULA, "0.8", "rep1", "测试东");
        customer("A82", "西部公司", "0.9", "rep2", "测试西");
        product("P1-A8", "100");
        product("P2-A8", "60");
        jdbc.sql("insert into price_change (change_number, version, kind, product_code, subject, old_value, new_value,"
                        + " effective_on, status, prepared_by, prepared_at, confirmed_by, confirmed_at, effective_at)"
                        + " values ('PC-A8', 0, 'LIST_PRICE', 'P2-A8', 'P2', 50, 60, date '2025-03-20', 'EFFECTIVE',"
                        + " 'assistant1', ?, 'manager', ?, ?)")
                .params(at("2025-03-19T10:00"), at("2025-03-19T11:00"), at("2025-03-20T00:00"))
                .update();

        // the last second of 3 March in Shanghai, which is still 3 March in UTC
        order("SO-A8-1", "A81", "2025-03-03T10:00", "2025-03-03T23:59:59", "RELEASED");
        line("SO-A8-1", 1, "P1-A8", 2, "80");
        line("SO-A8-1", 2, "P2-A8", 3, "33.3333");
        jdbc.sql(
                        "update sales_order set dispatched_on = date '2025-03-05', invoiced_at = ? where order_number = 'SO-A8-1'")
                .param(at("2025-03-06T09:00"))
                .update();
        // the first of 4 March in Shanghai, which is 3 March in UTC
        order("SO-A8-2", "A81", "2025-03-03T10:00", "2025-03-04T00:00", "RELEASED");
        line("SO-A8-2", 1, "P1-A8", 1, "75");
        order("SO-A8-3", "A82", "2025-03-10T10:00", "2025-03-10T10:00", "RELEASED");
        line("SO-A8-3", 1, "P2-A8", 10, "40");
        order("SO-A8-4", "A82", "2025-03-11T10:00", null, "IN_REVIEW");
        line("SO-A8-4", 1, "P2-A8", 10, "777");
        order("SO-A8-5", "A82", "2025-03-11T10:00", null, "CANCELLED");
        line("SO-A8-5", 1, "P2-A8", 10, "777");
        order("SO-A8-6", "A82", "2025-02-11T10:00", "2025-04-01T00:00", "RELEASED");
        line("SO-A8-6", 1, "P2-A8", 10, "777");
        // T7: goods for those that came back are not sold
        order("SO-A8-7", "A82", "2025-03-10T10:00", "2025-03-10T10:00", "RELEASED");
        line("SO-A8-7", 1, "P2-A8", 10, "777");
        jdbc.sql("update sales_order set kind = 'REPLACEMENT', case_number = 'RT-A8' where order_number = 'SO-A8-7'")
                .update();
    }

    // ---- A5: who reads what

    @ParameterizedTest
    @ValueSource(strings = {"daily-sales", "receipts", "receivables-aging", "discounts"})
    void whoHasNoBusinessWithPricesIsTurnedAway(String report) throws Exception {
        for (String user : List.of("warehouse1", "technical1", "purchasing1", "owner", "admin")) {
            assertThat(ask(user, report + "?" + MARCH).getStatus()).isEqualTo(403);
            assertThat(ask(user, report + "?format=xlsx&" + MARCH).getStatus()).isEqualTo(403);
        }
        assertThat(mvc.perform(get("/api/reports/" + report))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(401);
    }

    /** A5: a rep reads of his own customers alone, whatever the report is added up by. */
    @ParameterizedTest
    @CsvSource({
        "daily-sales,customer,customerCode,A81",
        "daily-sales,rep,rep,rep1",
        "daily-sales,product,productCode,P1-A8 P2-A8",
        "discounts,customer,customerCode,A81",
        "discounts,region,region,测试东",
        "receipts,customer,customerCode,A81",
        "receipts,day,day,2025-03-03"
    })
    void aRepReadsOfHisOwnCustomersAlone(String report, String by, String key, String expected) throws Exception {
        payment("A8-B1", "A81", null, null, "100", "2025-03-03");
        payment("A8-B2", "A82", null, null, "200", "2025-03-04");
        JsonNode own = read("rep1", report + "?by=" + by + "&" + MARCH);
        assertThat(own.get("rows"))
                .extracting(row -> row.get(key).asText())
                .containsExactlyInAnyOrder(expected.split(" "));
        assertThat(own.at("/totals/amount").asText()).isEqualTo(report.equals("receipts") ? "100.00" : "335.00");
        assertThat(read("manager", report + "?by=" + by + "&" + MARCH)
                        .at("/totals/amount")
                        .asText())
                .isEqualTo(report.equals("receipts") ? "300.00" : "735.00");
    }

    @Test
    void aRepReadsWhatHisOwnCustomersOweAlone() throws Exception {
        invoice("A8-I1", "A81", "2025-03-01", "2025-03-31", "10", "0", false);
        invoice("A8-I2", "A82", "2025-03-01", "2025-03-31", "20", "0", false);
        JsonNode own = read("rep2", "receivables-aging?to=2025-03-31");
        assertThat(own.get("rows"))
                .extracting(row -> row.get("customerCode").asText())
                .contains("A82")
                .doesNotContain("A81");
    }

    @Test
    void theListNamesWhatTheCallerMayRead() throws Exception {
        assertThat(names("warehouse1")).isEmpty();
        assertThat(names("rep1"))
                .contains("daily-sales", "receipts", "receivables-aging", "discounts")
                .doesNotContain("workload");
        assertThat(names("manager")).contains("daily-sales", "workload", "verification-errors");
        assertThat(names("owner")).contains("workload").doesNotContain("daily-sales");
    }

    @ParameterizedTest
    @CsvSource({
        "daily-sales?from=2025-03-31&to=2025-03-01,起始日期不能晚于截止日期。",
        "daily-sales?from=31.3.2025,日期应如 2026-11-22：31.3.2025",
        "daily-sales?to=2025-02-30,日期应如 2026-11-22：2025-02-30",
        "receipts?by=product,'汇总维度应为 day、week、month、customer、region、rep。'",
        "receivables-aging?by=day,'汇总维度应为 customer、region、rep。'",
        "daily-sales?format=pdf,格式应为 json 或 xlsx。"
    })
    void whatCannotBeAnsweredIsRefusedInChinese(String question, String detail) throws Exception {
        MockHttpServletResponse response = ask("manager", question);
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(json.readTree(response.getContentAsString(StandardCharsets.UTF_8))
                        .toString())
                .contains(detail);
    }

    // ---- A8: the figures

    /** The day counts in Shanghai. Amounts are rounded per line: 3 × 33.3333 is 100.00. */
    @Test
    void salesByDay() throws Exception {
        JsonNode sales = read("manager", "daily-sales?" + MARCH);
        assertThat(sales.get("columns"))
                .extracting(column -> column.get("name").asText())
                .containsExactly(
                        "day", "receivedOrders", "orders", "quantity", "amount", "shippedAmount", "invoicedAmount");
        assertThat(table(sales))
                .containsExactly(
                        "2025-03-03 2 1 5 260.00 0.00 0.00",
                        "2025-03-04 0 1 1 75.00 0.00 0.00",
                        "2025-03-05 0 0 0 0.00 260.00 0.00",
                        "2025-03-06 0 0 0 0.00 0.00 260.00",
                        "2025-03-10 1 1 10 400.00 0.00 0.00",
                        "2025-03-11 1 0 0 0.00 0.00 0.00");
        assertThat(sales.get("totals").toString())
                .isEqualTo(
                        "{\"quantity\":16,\"amount\":\"735.00\",\"shippedAmount\":\"260.00\",\"invoicedAmount\":\"260.00\"}");
        assertThat(sales.at("/rows/0/amount").isTextual()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "week,2025-03-03 2 2 6 335.00 260.00 260.00|2025-03-10 2 1 10 400.00 0.00 0.00",
        "month,2025-03 4 3 16 735.00 260.00 260.00",
        "region,测试西 2 1 10 400.00 0.00 0.00|测试东 2 2 6 335.00 260.00 260.00",
        "rep,rep2 刘洋 2 1 10 400.00 0.00 0.00|rep1 张伟 2 2 6 335.00 260.00 260.00",
        "product,P2-A8 P2-A8 3 2 13 500.00 100.00 100.00|P1-A8 P1-A8 2 2 3 235.00 160.00 160.00"
    })
    void salesByWhatever(String by, String expected) throws Exception {
        assertThat(table(read("gm", "daily-sales?by=" + by + "&" + MARCH))).containsExactly(expected.split("\\|"));
    }

    /** Without an owner a customer is still in the figures. */
    @Test
    void whoHasNoRepAndNoRegionIsCounted() throws Exception {
        jdbc.sql("update customer set sales_rep = null, region = null where code = 'A82'")
                .update();
        assertThat(table(read("gm", "daily-sales?by=rep&" + MARCH)).get(0)).startsWith("（未指定） （未指定） 2 1 10 400.00");
        assertThat(table(read("gm", "daily-sales?by=region&" + MARCH)).get(0)).startsWith("（未指定） 2 1 10 400.00");
    }

    @Test
    void receipts() throws Exception {
        invoice("A8-I1", "A81", "2025-03-01", "2025-03-31", "1000", "130", false);
        payment("A8-B1", "A81", "A8-I1", null, "100", "2025-03-03");
        payment("A8-B2", "A81", null, "SO-A8-2", "50.50", "2025-03-31");
        payment("A8-B3", "A82", null, null, "200", "2025-03-31");
        payment("A8-B4", "A81", "A8-I1", null, "30", "2025-04-01");
        JsonNode receipts = read("finance1", "receipts?" + MARCH);
        assertThat(table(receipts))
                .containsExactly("2025-03-03 1 100.00 100.00 0.00 0.00", "2025-03-31 2 250.50 0.00 50.50 200.00");
        assertThat(receipts.at("/totals/receipts").asInt()).isEqualTo(3);
        assertThat(receipts.at("/totals/amount").asText()).isEqualTo("350.50");
        assertThat(table(read("finance1", "receipts?by=customer&" + MARCH)))
                .containsExactly(
                        "A82 西部公司 1 200.00 0.00 0.00 200.00", "A81 " + FORMULA + " 2 150.50 100.00 50.50 0.00");
        assertThat(table(read("finance1", "receipts?by=week&" + MARCH)))
                .containsExactly("2025-03-03 1 100.00 100.00 0.00 0.00", "2025-03-31 2 250.50 0.00 50.50 200.00");
    }

    /** The boundaries of every class, as at 31 March; C3's stages, with 61–90 and over 90 for its last one. */
    @Test
    void receivablesByAge() throws Exception {
        // of the 130 received, 30 came after the day that is asked for
        invoice("A8-I1", "A81", "2025-03-01", "2025-03-31", "1000", "130", false);
        payment("A8-B1", "A81", "A8-I1", null, "100", "2025-03-31");
        payment("A8-B4", "A81", "A8-I1", null, "30", "2025-04-01");
        invoice("A8-I2", "A81", "2025-01-01", "2025-03-30", "10", "0", false); // 1 day
        invoice("A8-I3", "A81", "2025-01-01", "2025-03-24", "20", "0", false); // 7
        invoice("A8-I4", "A81", "2025-01-01", "2025-03-23", "30", "0", false); // 8
        invoice("A8-I5", "A81", "2025-01-01", "2025-03-01", "40", "0", true); // 30
        invoice("A8-I6", "A81", "2025-01-01", "2025-02-28", "50", "0", false); // 31
        invoice("A8-I7", "A81", "2025-01-01", "2025-01-30", "60", "0", false); // 60
        invoice("A8-I8", "A81", "2025-01-01", "2025-01-29", "70", "0", false); // 61
        invoice("A8-I9", "A81", "2024-12-01", "2024-12-31", "80", "0", false); // 90
        invoice("A8-I10", "A81", "2024-12-01", "2024-12-30", "90", "0", false); // 91
        invoice("A8-I11", "A81", "2025-01-01", "2025-01-30", "5", "5", false);
        invoice("A8-I12", "A81", "2025-04-01", "2025-04-30", "7777", "0", false);
        // paid as a whole, but not yet by then
        invoice("A8-I13", "A82", "2025-03-01", "2025-04-30", "500", "500", false);
        payment("A8-B5", "A82", "A8-I13", null, "500", "2025-04-02");

        JsonNode aging = read("finance1", "receivables-aging?to=2025-03-31");
        assertThat(aging.get("columns"))
                .extracting(column -> column.get("name").asText())
                .containsExactly(
                        "customerCode",
                        "customerName",
                        "total",
                        "notDue",
                        "days1to7",
                        "days8to30",
                        "days31to60",
                        "days61to90",
                        "over90",
                        "disputed");
        assertThat(table(aging))
                .contains(
                        "A81 " + FORMULA + " 1350.00 900.00 30.00 70.00 110.00 150.00 90.00 40.00",
                        "A82 西部公司 500.00 500.00 0.00 0.00 0.00 0.00 0.00 0.00");
        assertThat(table(read("finance1", "receivables-aging?to=2025-04-02")).stream()
                        .filter(row -> row.startsWith("A82")))
                .isEmpty();
        assertThat(table(read("finance1", "receivables-aging?by=rep&to=2025-03-31")))
                .anyMatch(row -> row.startsWith("rep2 刘洋 ") && row.contains("500.00"));
    }

    /**
     * A81: of 200.00 the 40.00 are his own discount; of 150.00 30.00 are, and 20.00 nobody granted; of 100.00 20.00 are,
     * and 5.00 come of an agreement. A82: of 500.00 50.00 are his own discount, and 50.00 come of a promotion. P2 counts at
     * its list price of then.
     */
    @Test
    void discountsByWhatTheyWereGivenFor() throws Exception {
        request("SP-A8-1", "CUSTOMER", "A81", null);
        jdbc.sql(
                        "insert into price_agreement (id, request_number, customer_code, product_code, floor_price, quantity, drawn,"
                                + " valid_from, valid_to) values (880001, 'SP-A8-1', 'A81', 'P1-A8', 75, 9, 1, date '2025-03-01',"
                                + " date '2025-03-31')")
                .update();
        jdbc.sql("insert into price_agreement_entry (agreement_id, document_number, quantity, actor, entered_at)"
                        + " values (880001, 'SO-A8-2', 1, 'assistant2', ?)")
                .param(at("2025-03-04T00:00"))
                .update();
        request("SP-A8-2", "PROMOTION", null, "1000");
        jdbc.sql("insert into promotion values ('SP-A8-2', 1000, 50, date '2025-03-01', date '2025-03-31')")
                .update();
        jdbc.sql("insert into promotion_price values ('SP-A8-2', 'P2-A8', 40)").update();
        jdbc.sql("insert into promotion_entry (request_number, document_number, amount, actor, entered_at)"
                        + " values ('SP-A8-2', 'SO-A8-3', 50, 'assistant2', ?)")
                .param(at("2025-03-10T10:00"))
                .update();

        JsonNode discounts = read("director", "discounts?" + MARCH);
        assertThat(discounts.get("columns"))
                .extracting(column -> column.get("name").asText())
                .containsExactly(
                        "customerCode",
                        "customerName",
                        "orders",
                        "listAmount",
                        "amount",
                        "given",
                        "rate",
                        "customerDiscount",
                        "specialPrice",
                        "promotion",
                        "other");
        assertThat(table(discounts))
                .containsExactly(
                        "A81 " + FORMULA + " 2 450.00 335.00 115.00 25.56 90.00 5.00 0.00 20.00",
                        "A82 西部公司 1 500.00 400.00 100.00 20.00 50.00 0.00 50.00 0.00");
        assertThat(table(read("director", "discounts?by=product&" + MARCH)))
                .containsExactly(
                        "P2-A8 P2-A8 2 650.00 500.00 150.00 23.08 80.00 0.00 50.00 20.00",
                        "P1-A8 P1-A8 2 300.00 235.00 65.00 21.67 60.00 5.00 0.00 0.00");
    }

    /** V2: what somebody is to check blind is in no figure of his, and he is told that something is missing. */
    @Test
    void whatIsToBeCheckedBlindIsLeftOutForWhoWillCheckIt() throws Exception {
        jdbc.sql("insert into verification (verification_number, version, document_type, document_number, fingerprint,"
                        + " prepared_by, status, opened_at, open_key, queue) values ('DV-A8', 0, 'INVOICE', 'SO-A8-3', 'x',"
                        + " 'finance1', 'OPEN', ?, 'invoice/SO-A8-3', 'FINANCE')")
                .param(at("2025-03-12T10:00"))
                .update();
        jdbc.sql("insert into verification_party values ('DV-A8', 'finance1')").update();
        jdbc.sql("insert into verification_field (verification_number, position, field, label, blind, prepared_value,"
                        + " differs) values ('DV-A8', 1, 'amount', '金额', true, '400.00', false)")
                .update();
        JsonNode prepared = read("finance1", "daily-sales?" + MARCH);
        JsonNode checking = read("finance2", "daily-sales?" + MARCH);
        assertThat(prepared.toString()).contains("400.00");
        assertThat(prepared.get("withheld").asInt()).isZero();
        assertThat(checking.toString()).doesNotContain("400.00");
        assertThat(checking.get("withheld").asInt()).isEqualTo(1);
        assertThat(checking.at("/totals/amount").asText()).isEqualTo("335.00");
        assertThat(read("finance2", "discounts?" + MARCH).get("withheld").asInt())
                .isEqualTo(1);
    }

    /** No cell is a formula, whatever a customer is called; figures are numbers. */
    @Test
    void aNameThatLooksLikeAFormulaIsText() throws Exception {
        MockHttpServletResponse file = ask("manager", "daily-sales?by=customer&format=xlsx&" + MARCH);
        assertThat(file.getHeader("Content-Disposition")).contains("daily-sales_2025-03-01_2025-03-31.xlsx");
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file.getContentAsByteArray()))) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows).hasSize(3);
            assertThat(rows.get(0).getCellText(1)).isEqualTo("客户");
            assertThat(rows.get(2).getCell(1).getType()).isEqualTo(CellType.STRING);
            assertThat(rows.get(2).getCellText(1)).isEqualTo("'" + FORMULA);
            assertThat(rows.get(2).getCellAsNumber(5))
                    .hasValueSatisfying(amount -> assertThat(amount).isEqualByComparingTo("335"));
            assertThat(rows)
                    .allSatisfy(row -> assertThat(row.getCell(1).getFormula()).isNull());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"daily-sales", "discounts", "receipts", "receivables-aging"})
    void moreRowsTakeNoMoreStatements(String name) {
        Report report = reports().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
        Report.Question question = new Report.Question(
                new Report.Period(LocalDate.of(2025, 3, 1), LocalDate.of(2025, 3, 31)), Dimension.CUSTOMER, "rep1");
        login.as("rep1", () -> report.rows(question));
        int few = statements;
        for (int i = 0; i < 100; i++) {
            customer("A8-" + i, "公司", "0.8", "rep1", "测试东");
            invoice("A8-M" + i, "A8-" + i, "2025-03-01", "2025-03-31", "10", "0", false);
            payment("A8-N" + i, "A8-" + i, null, null, "10", "2025-03-03");
            order("SO-A8-M" + i, "A8-" + i, "2025-03-03T10:00", "2025-03-03T10:00", "RELEASED");
            line("SO-A8-M" + i, 1, "P1-A8", 1, "70");
        }
        statements = 0;
        assertThat(login.as("rep1", () -> report.rows(question))).hasSizeGreaterThanOrEqualTo(100);
        assertThat(statements).isEqualTo(few).isLessThanOrEqualTo(2);
    }

    private int statements;

    /** The reports over a connection that counts. */
    private List<Report> reports() {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        Connection counting = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements++;
                    }
                    return method.invoke(connection, arguments);
                });
        Breakdown breakdown =
                new Breakdown(JdbcClient.create(new SingleConnectionDataSource(counting, true)), directory, hidden);
        return List.of(
                new DailySalesReport(breakdown),
                new DiscountsReport(breakdown),
                new ReceiptsReport(breakdown),
                new ReceivablesAgingReport(breakdown));
    }

    private void customer(String code, String name, String discount, String rep, String region) {
        jdbc.sql("insert into customer (code, version, name, grade, discount, payment_terms, credit_limit, credit_days,"
                        + " sales_rep, region, blocked) values (?, 0, ?, 'A', ?, 'credit', 1000, 30, ?, ?, false)")
                .params(code, name, new BigDecimal(discount), rep, region)
                .update();
    }

    private void product(String code, String price) {
        jdbc.sql("insert into product (code, version, name, list_price, cost_price, stock, reserved, discontinued)"
                        + " values (?, 0, ?, ?, 1, 0, 0, false)")
                .params(code, code, new BigDecimal(price))
                .update();
    }

    /** Times of Shanghai. */
    private void order(String number, String customer, String received, String released, String status) {
        jdbc.sql(
                        "insert into sales_order (order_number, version, source, external_number, content_digest, customer_code,"
                                + " ordered_at, received_at, released_at, urgent, amount, status, entered_by, reviewed_by,"
                                + " verified_by) values (?, 0, 'A8', ?, 'x', ?, ?, ?, ?, false, 0, ?, 'assistant1', 'assistant1',"
                                + " 'assistant2')")
                .params(number, number, customer, at(received), at(received))
                .params(released == null ? null : at(released), status)
                .update();
    }

    private void line(String order, int number, String product, int quantity, String price) {
        jdbc.sql("insert into order_line values (?, ?, ?, ?, ?)")
                .params(order, number, product, quantity, new BigDecimal(price))
                .update();
    }

    private void invoice(
            String number, String customer, String date, String due, String amount, String paid, boolean disputed) {
        jdbc.sql("insert into invoice (invoice_number, version, customer_code, invoice_date, due_date, amount, paid,"
                        + " disputed) values (?, 0, ?, ?, ?, ?, ?, ?)")
                .params(number, customer, LocalDate.parse(date), LocalDate.parse(due))
                .params(new BigDecimal(amount), new BigDecimal(paid), disputed)
                .update();
    }

    private void payment(String reference, String customer, String invoice, String order, String amount, String day) {
        jdbc.sql("insert into payment (bank_reference, version, customer_code, invoice_number, order_number, amount,"
                        + " received_on, recorded_by, recorded_at) values (?, 0, ?, ?, ?, ?, ?, 'finance1', ?)")
                .param(reference)
                .param(customer)
                .param(invoice)
                .param(order)
                .params(new BigDecimal(amount), LocalDate.parse(day), at("2025-04-02T10:00"))
                .update();
        if (invoice != null) {
            jdbc.sql("insert into payment_allocation (bank_reference, invoice_number, amount, allocated_at)"
                            + " values (?, ?, ?, current_timestamp)")
                    .params(reference, invoice, new BigDecimal(amount))
                    .update();
        }
    }

    private void request(String number, String kind, String customer, String budget) {
        jdbc.sql(
                        "insert into special_price_request (request_number, version, kind, customer_code, budget, requested_by,"
                                + " requested_at, state) values (?, 0, ?, ?, ?, 'rep1', ?, 'APPROVED')")
                .param(number)
                .param(kind)
                .param(customer)
                .param(budget == null ? null : new BigDecimal(budget))
                .param(at("2025-03-01T10:00"))
                .update();
    }

    private static OffsetDateTime at(String shanghai) {
        return OffsetDateTime.parse(shanghai.length() == 16 ? shanghai + ":00+08:00" : shanghai + "+08:00");
    }

    private MockHttpServletResponse ask(String user, String question) throws Exception {
        return mvc.perform(get("/api/reports" + (question.isEmpty() ? "" : "/") + question)
                        .with(httpBasic(user, "demo")))
                .andReturn()
                .getResponse();
    }

    private JsonNode read(String user, String question) throws Exception {
        MockHttpServletResponse response = ask(user, question);
        assertThat(response.getStatus()).isEqualTo(200);
        return json.readTree(response.getContentAsByteArray());
    }

    /** Each row as its values in the order of the columns. */
    private static List<String> table(JsonNode report) {
        List<String> table = new ArrayList<>();
        for (JsonNode row : report.get("rows")) {
            table.add(String.join(
                    " ",
                    StreamSupport.stream(report.get("columns").spliterator(), false)
                            .map(column -> row.get(column.get("name").asText()).asText())
                            .toList()));
        }
        return table;
    }

    private List<String> names(String user) throws Exception {
        return json.readTree(ask(user, "").getContentAsByteArray()).findValuesAsText("name").stream()
                .toList();
    }
}
