package com.shunpi.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.shunpi.HttpUser;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.masterdata.Grade;
import com.shunpi.order.OrderDesk;
import com.shunpi.shared.PlainText;
import com.shunpi.workflow.Detonator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/**
 * Thousands of hostile inputs, the same at every run: each field of each JSON body, each parameter, spreadsheets, file names and
 * the engine's forms × what somebody might put there. None is answered with 5xx, none evaluated, none stored or sent on in a
 * form that does something.
 */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileInputTest {

    private static final long SEED = 20261125;
    private static final int LEAST = 5000;
    private static final int PAIRS = 500;

    /** 7919 × 104729: nobody writes it, so where it is found something was evaluated. */
    private static final String EVALUATED = "829348951";

    private static final String HUGE = "字".repeat(20_000);

    private static final List<String> TEXTS = List.of(
            // expressions of the engine, of Spring, of templates, of the log
            "${detonator.fire()}",
            "#{detonator.fire()}",
            "${7919*104729}",
            "#{7919*104729}",
            "*{7919*104729}",
            "{{7919*104729}}",
            "{{{senderName}}}",
            "{{#lines}}{{.}}{{/lines}}",
            "<%= 7919*104729 %>",
            "#{T(java.lang.Runtime).getRuntime().exec('id')}",
            "${''.getClass().forName('java.lang.Runtime')}",
            "${jndi:ldap://127.0.0.1:1/x}",
            // FEEL
            "= 7919*104729",
            "7919*104729",
            "if true then detonator.fire() else null",
            "for i in 1..999999999 return i",
            // XML and HTML
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
            "]]><script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "&#0;&lt;b&gt;",
            // mail headers
            "a\r\nBcc: victim@attack.example",
            "a\nSubject: forged",
            "a\rTo: victim@attack.example",
            "a%0d%0aBcc:victim@attack.example",
            "x@attack.example, victim@attack.example",
            "\r\n.\r\nMAIL FROM:<a@attack.example>",
            "a\u2028Bcc: victim@attack.example",
            "a\u0085Bcc: victim@attack.example",
            // Java and JSON
            "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcAUH2sHDFmDRAwACRgAKbG9hZEZhY3Rvcg==",
            "{\"@class\":\"javax.naming.InitialContext\"}",
            "[\"java.util.ArrayList\",[]]",
            "{\"a\":",
            // numbers and dates that are none
            "1e999999999",
            "NaN",
            "-0",
            "9".repeat(400),
            "0x10",
            "+999999999-12-31",
            "2026-02-30",
            "1970-01-01T00:00:00Z",
            // Unicode
            "\uD800",
            "a\uDC00b",
            "a\u0000b",
            "\u0001\u0007\u001B[31m",
            "\u202Egnp.exe",
            "a\u2066b\u2069",
            "\uFEFFa",
            "a\uFFFEb\uFFFF",
            "a\u200Bb",
            "👩‍👩‍👧‍👦".repeat(12),
            "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A",
            "𠮷𠮷",
            // SQL and patterns
            "' OR '1'='1",
            "'; DROP TABLE decision_record; --",
            "\\' UNION SELECT pwd_ FROM act_id_user --",
            "%",
            "_%_\\",
            "(a+)+$",
            // spreadsheets
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(1,1)",
            "=HYPERLINK(\"http://attack.example\",\"x\")",
            "\t=1+1",
            // paths
            "../../../../etc/passwd",
            "..\\..\\x",
            "file:///etc/passwd",
            "",
            "   ",
            HUGE);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static List<JsonNode> shapes() {
        ArrayNode deep = JSON.arrayNode();
        for (int i = 0; i < 900; i++) {
            deep = JSON.arrayNode().add(deep);
        }
        ArrayNode wide = JSON.arrayNode();
        for (int i = 0; i < 2000; i++) {
            wide.add(JSON.objectNode());
        }
        return List.of(
                JSON.nullNode(),
                JSON.booleanNode(true),
                JSON.numberNode(new java.math.BigInteger("9".repeat(60))),
                JSON.numberNode(1e308),
                JSON.numberNode(-1),
                JSON.objectNode(),
                JSON.arrayNode(),
                JSON.arrayNode().addNull(),
                JSON.objectNode().put("@class", "java.util.HashMap"),
                wide,
                deep);
    }

    /** One address with a body that would pass, or nearly. */
    private record Target(String user, String method, String path, ObjectNode body) {}

    @LocalServerPort
    private int port;

    @Autowired
    private MockMvc http;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private Detonator detonator;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MutableClock clock;

    private final Random random = new Random(SEED);
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();
    private Map<String, Integer> forgedBefore;
    private long lastMail;
    private int inputs;
    private int serial;
    private String customer;
    private String product;
    private String order;

    @BeforeAll
    void begin() {
        clock.reset();
        detonator.reset();
        customer = desk.customer(Grade.A);
        product = desk.product(100_000);
        order = desk.received();
        forgedBefore = forged();
        lastMail = jdbc.sql("select coalesce(max(id), 0) from mail_outbox")
                .query(Long.class)
                .single();
    }

    @AfterAll
    void report() throws IOException {
        java.nio.file.Path report = java.nio.file.Path.of("target", "attacks", "hostile-inputs.txt");
        java.nio.file.Files.createDirectories(report.getParent());
        java.nio.file.Files.writeString(
                report, inputs + " inputs, seed " + SEED + ", answers by status " + answers + "\n");
    }

    private List<Target> targets() {
        ObjectNode line = JSON.objectNode();
        line.put("productCode", product).put("quantity", "1").put("unitPrice", "100.00");
        ObjectNode newOrder = JSON.objectNode();
        newOrder.put("source", "attack")
                .put("externalNumber", "A-1")
                .put("customerCode", customer)
                .put("requiredDate", "2026-12-20")
                .put("deliveryMode", "快递")
                .put("consignee", "李四")
                .put("phone", "021-5550101")
                .put("address", "上海市收货路 2 号")
                .put("orderedAt", "2026-11-22T10:00:00+08:00")
                .put("urgent", "false")
                .put("remark", "无");
        newOrder.putArray("lines").add(line);
        ObjectNode price = JSON.objectNode();
        price.put("customerCode", customer)
                .put("reason", "竞争对手报价更低")
                .put("competitor", "某公司")
                .put("validFrom", LocalDate.now(clock).plusDays(1).toString())
                .put("validTo", LocalDate.now(clock).plusDays(30).toString())
                .put("expectedVolume", "10");
        price.putArray("lines")
                .addObject()
                .put("productCode", product)
                .put("quantity", "1")
                .put("askedPrice", "99.00");
        ObjectNode promotion = JSON.objectNode();
        promotion
                .put("kind", "promotion")
                .put("reason", "促销")
                .put("budget", "1000.00")
                .put("validTo", "x");
        promotion.putArray("grades").add("A");
        ObjectNode returned = JSON.objectNode();
        returned.put("source", "attack")
                .put("externalNumber", "R-1")
                .put("orderNumber", order)
                .put("customerCode", customer)
                .put("reason", "quality")
                .put("description", "屏幕破裂");
        returned.putArray("lines")
                .addObject()
                .put("lineNumber", "0")
                .put("quantity", "1")
                .put("outcome", "refund");
        returned.putArray("attachments").add("none");
        ObjectNode verification = JSON.objectNode();
        verification.put("documentType", "contract").put("documentNumber", "HT-1");
        verification
                .putObject("fields")
                .put("customer", "华东电子")
                .put("subject", "年度供货")
                .put("amount", "88000.00")
                .put("account", "6222 0210 0111");
        ObjectNode calendar = JSON.objectNode().put("notice", "国办发〔2027〕1 号");
        calendar.putArray("days")
                .addObject()
                .put("date", "2031-01-01")
                .put("working", "false")
                .put("note", "元旦");
        ObjectNode release = JSON.objectNode().put("reason", "客户已承诺付款").put("reviewOn", "2026-12-01");
        release.putArray("orders").add(order);
        return List.of(
                new Target("assistant1", "POST", "/api/orders", newOrder),
                new Target("rep1", "POST", "/api/orders/preview", newOrder),
                new Target("assistant1", "PUT", "/api/orders/" + order, newOrder),
                new Target("assistant1", "POST", "/api/orders/SO-1/cancel", reason()),
                new Target("manager", "POST", "/api/orders/" + order + "/holds", reason()),
                new Target("finance1", "POST", "/api/orders/holds/release", release),
                new Target("rep1", "POST", "/api/special-prices", price),
                new Target("assistant1", "POST", "/api/special-prices/preview", price),
                new Target("assistant1", "POST", "/api/special-prices/preview", promotion),
                new Target("assistant1", "POST", "/api/returns", returned),
                new Target(
                        "rep1",
                        "POST",
                        "/api/collection/customers/" + customer + "/contacts",
                        JSON.objectNode()
                                .put("contactedOn", "2026-11-20")
                                .put("person", "张三")
                                .put("means", "phone")
                                .put("said", "下周付款")
                                .put("promisedOn", "2026-12-01")
                                .put("promisedAmount", "100.00")),
                new Target(
                        "finance1",
                        "POST",
                        "/api/collection/disputes",
                        JSON.objectNode().put("invoiceNumber", "I-1").put("reason", "数量不符")),
                new Target(
                        "finance1",
                        "POST",
                        "/api/collection/disputes/I-1/settle",
                        JSON.objectNode().put("settlement", "已补货")),
                new Target(
                        "finance1",
                        "POST",
                        "/api/collection/cases/CF-1/write-offs",
                        JSON.objectNode().put("invoiceNumber", "I-1").put("reason", "破产")),
                new Target(
                        "manager",
                        "POST",
                        "/api/collection/simulation",
                        JSON.objectNode().put("date", "2026-12-01")),
                new Target(
                        "finance1",
                        "POST",
                        "/api/collection/reconciliations/" + customer + "/2026-12-31",
                        JSON.objectNode().put("balance", "0.00").put("note", "无误")),
                new Target(
                        "finance1",
                        "POST",
                        "/api/payments",
                        JSON.objectNode()
                                .put("bankReference", "B-1")
                                .put("customerCode", customer)
                                .put("invoiceNumber", (String) null)
                                .put("orderNumber", order)
                                .put("amount", "10.00")
                                .put("receivedOn", "2026-11-20")
                                .put("payer", "客户")
                                .put("bank", "工行")),
                new Target(
                        "assistant1",
                        "POST",
                        "/api/price-changes",
                        JSON.objectNode()
                                .put("productCode", product)
                                .put("customerCode", (String) null)
                                .put("newValue", "0")
                                .put("effectiveOn", "2026-12-01")),
                new Target("assistant1", "POST", "/api/verifications", verification),
                new Target(
                        "director",
                        "POST",
                        "/api/verifications/VF-1/break-glass",
                        JSON.objectNode().put("userId", "assistant2").put("reason", "急")),
                new Target("finance1", "POST", "/api/customers/" + customer + "/unblock", reason()),
                new Target(
                        "warehouse1",
                        "POST",
                        "/api/products/" + product + "/receipts",
                        JSON.objectNode().put("quantity", "1").put("reference", "DN-1")),
                new Target(
                        "admin",
                        "POST",
                        "/api/accounts/nobody/freeze",
                        JSON.objectNode().put("successor", "assistant2").put("reason", "离职")),
                new Target("admin", "POST", "/api/accounts/nobody/unfreeze", reason()),
                new Target("owner", "PUT", "/api/calendar/2031", calendar));
    }

    private static ObjectNode reason() {
        return JSON.objectNode().put("reason", "客户要求");
    }

    // ---- our API

    @Test
    @Order(1)
    void eachFieldOfEachBody() throws Exception {
        for (Target target : targets()) {
            for (String leaf : leaves(target.body(), "")) {
                // every address sees every kind; which field gets which third is the seed's business
                List<String> texts = new ArrayList<>(TEXTS);
                Collections.shuffle(texts, random);
                for (String text : texts.subList(0, TEXTS.size() / 3)) {
                    send(target, Map.of(leaf, TextNode.valueOf(text)));
                }
                for (JsonNode shape : shapes()) {
                    send(target, Map.of(leaf, shape));
                }
            }
        }
        nothingBroke();
    }

    @Test
    @Order(2)
    void severalFieldsAtOnce() throws Exception {
        List<Target> targets = targets();
        for (int i = 0; i < PAIRS; i++) {
            Target target = targets.get(random.nextInt(targets.size()));
            List<String> leaves = leaves(target.body(), "");
            Map<String, JsonNode> hostile = new LinkedHashMap<>();
            for (int field = 0; field < 3; field++) {
                String text = TEXTS.get(random.nextInt(TEXTS.size())) + TEXTS.get(random.nextInt(TEXTS.size()));
                hostile.put(leaves.get(random.nextInt(leaves.size())), TextNode.valueOf(text));
            }
            send(target, hostile);
        }
        nothingBroke();
    }

    @Test
    @Order(3)
    void whatIsNoBodyAtAll() throws Exception {
        List<String> bodies = List.of(
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{\"a\":1}",
                "{\"\\ud800\":1}",
                "[".repeat(5000),
                "\u0000",
                "{\"a\":\"\\u0000\"}",
                "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>");
        for (Target target : targets()) {
            for (String body : bodies) {
                perform(
                        target.path(),
                        request(HttpMethod.valueOf(target.method()), target.path())
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(body)
                                .with(httpBasic(target.user(), "demo")),
                        body);
            }
        }
        nothingBroke();
    }

    @Test
    @Order(4)
    void eachParameterAndPartOfAnAddress() throws Exception {
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put("/api/orders?q=", "assistant1");
        questions.put("/api/orders?status=", "assistant1");
        questions.put("/api/orders?first=", "assistant1");
        questions.put("/api/customers?q=", "assistant1");
        questions.put("/api/products?q=", "warehouse1");
        questions.put("/api/mails?case=", "admin");
        questions.put("/api/mails?status=", "admin");
        questions.put("/api/agreements?customer=", "manager");
        questions.put("/api/returns?order=", "technical1");
        questions.put("/api/returns?customer=", "technical1");
        questions.put("/api/returns/returnable?order=", "technical1");
        questions.put("/api/verifications?document=", "manager");
        questions.put("/api/worklist?queue=", "manager");
        questions.put("/api/worklist/excluded?task=", "manager");
        questions.put("/api/collection/worklist?rep=", "manager");
        questions.put("/api/collection/simulation?date=", "manager");
        questions.put("/api/reports/daily-sales?from=", "gm");
        questions.put("/api/reports/daily-sales?by=", "gm");
        questions.put("/api/reports/daily-sales?format=", "gm");
        for (String path : List.of(
                "/api/orders/",
                "/api/returns/",
                "/api/cases/",
                "/api/special-prices/",
                "/api/verifications/",
                "/api/price-changes/",
                "/api/collection/customers/",
                "/api/collection/cases/",
                "/api/reports/",
                "/api/mails/",
                "/api/calendar/",
                "/api/attachments/",
                "/api/imports/")) {
            questions.put(path, path.startsWith("/api/mails") ? "admin" : "manager");
        }
        for (Map.Entry<String, String> question : questions.entrySet()) {
            for (String text : TEXTS) {
                String[] parts = question.getKey().split("\\?");
                String value = text.length() > 3000 ? text.substring(0, 3000) : text;
                MockHttpServletRequestBuilder call = parts.length == 1
                        ? value.isBlank() ? null : get(parts[0] + "{value}", value)
                        : get(parts[0]).param(parts[1].replace("=", ""), value);
                if (call != null) {
                    perform(question.getKey(), call.with(httpBasic(question.getValue(), "demo")), text);
                }
            }
        }
        nothingBroke();
    }

    @Test
    @Order(5)
    void spreadsheetsAndFileNames() throws Exception {
        StringBuilder customers = new StringBuilder("客户编码,名称,等级,结算折扣,付款方式,信用额度,账期天数,联系人,电话,邮箱,地址,业务员,区域\n");
        StringBuilder invoices = new StringBuilder("发票号,客户编码,开票日期,到期日,金额,已收,争议\n");
        for (int i = 0; i < TEXTS.size(); i++) {
            String cell = cell(TEXTS.get(i));
            customers
                    .append("HX")
                    .append(i)
                    .append(',')
                    .append(cell)
                    .append(",A,1,账期,1000,30,")
                    .append(cell)
                    .append(',')
                    .append(cell)
                    .append(',')
                    .append(cell)
                    .append(',')
                    .append(cell)
                    .append(",rep1,")
                    .append(cell)
                    .append('\n');
            // the same with a harmless name but for the one cell, so that some rows come through
            customers
                    .append("HY")
                    .append(i)
                    .append(',')
                    .append(cell)
                    .append(",A,1,账期,1000,30,张三,021-5550100,x")
                    .append(i)
                    .append("@attack.example,上海,rep1,华东\n");
            invoices.append(cell(TEXTS.get(i) + i))
                    .append(",HY")
                    .append(i)
                    .append(",2026-10-01,2026-11-01,100.00,0,否\n");
            inputs += 3;
        }
        upload("/api/customers/import", "finance1", "hostile.csv", customers.toString());
        upload("/api/receivables/import", "finance1", "hostile.csv", invoices.toString());
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
        for (String name : TEXTS) {
            perform(
                    "/api/attachments",
                    multipart("/api/attachments")
                            .file(new MockMultipartFile("file", name, "image/png", png))
                            .param("caseNumber", "RT-1")
                            .with(httpBasic("assistant1", "demo")),
                    name);
            perform(
                    "/api/orders/import",
                    multipart("/api/orders/import")
                            .file(new MockMultipartFile(
                                    "file", name, "text/csv", name.getBytes(StandardCharsets.UTF_8)))
                            .with(httpBasic("assistant1", "demo")),
                    name);
        }
        nothingBroke();
    }

    // ---- the engine's forms

    @Test
    @Order(6)
    void theFormsOfTheEngine() {
        HttpUser assistant = HttpUser.basic(port, "assistant1");
        HttpUser rep = HttpUser.basic(port, "rep1");
        Map<String, String> starts =
                Map.of("order-review", "order", "special-price", "request", "returns", "application");
        for (String text : TEXTS) {
            starts.forEach((process, variable) -> {
                String path = "/engine-rest/process-definition/key/" + process + "/submit-form";
                count(
                        path,
                        text,
                        (process.equals("special-price") ? rep : assistant)
                                .post(path, variables(variable, text))
                                .statusCode());
                count(
                        path,
                        text,
                        assistant
                                .post(
                                        path,
                                        variables(
                                                variable,
                                                JSON.objectNode()
                                                        .put("remark", text)
                                                        .toString()))
                                .statusCode());
            });
            String review = desk.task(order, "userTask_reviewOrder").getId();
            for (String field : List.of("decision", "comment", text)) {
                String path = "/engine-rest/task/" + review + "/complete";
                count(path, text, assistant.post(path, variables(field, text)).statusCode());
            }
            String comment = "/engine-rest/task/" + review + "/comment/create";
            count(
                    comment,
                    text,
                    assistant
                            .post(comment, write(JSON.objectNode().put("message", text)))
                            .statusCode());
        }
        // and where the text comes through: the comment is a reason that the customer reads
        for (String text : TEXTS) {
            String number = desk.received();
            String task = desk.task(number, "userTask_reviewOrder").getId();
            ObjectNode body = JSON.objectNode();
            ObjectNode variables = body.putObject("variables");
            variables.putObject("decision").put("value", "reject");
            variables.putObject("comment").put("value", text);
            String path = "/engine-rest/task/" + task + "/complete";
            count(path, text, assistant.post(path, write(body)).statusCode());
        }
        for (String type : List.of("Object", "File", "Bytes", "Xml", "Nonsense")) {
            ObjectNode body = JSON.objectNode();
            ObjectNode value = body.putObject("variables").putObject("comment");
            value.put("value", TEXTS.get(28)).put("type", type);
            value.putObject("valueInfo")
                    .put("objectTypeName", "java.util.HashMap")
                    .put("serializationDataFormat", "application/x-java-serialized-object");
            String path = "/engine-rest/task/"
                    + desk.task(order, "userTask_reviewOrder").getId() + "/complete";
            count(path, type, assistant.post(path, write(body)).statusCode());
        }
        nothingBroke();
    }

    // ---- what came of it

    @Test
    @Order(7)
    void nothingWasEvaluatedOrStoredInAFormThatDoesSomething() throws Exception {
        assertThat(inputs).isGreaterThanOrEqualTo(LEAST);
        assertThat(detonator.hasFired()).isFalse();
        assertThat(forged())
                .as("texts with NUL, halves of characters, or something evaluated in them")
                .isEqualTo(forgedBefore);
        List<Map<String, Object>> mails = jdbc.sql("select recipient, subject, body from mail_outbox where id > ?")
                .param(lastMail)
                .query()
                .listOfRows();
        assertThat(mails).isNotEmpty();
        Pattern unsafe = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E]");
        for (Map<String, Object> mail : mails) {
            assertThat((String) mail.get("subject")).doesNotContainPattern(unsafe);
            assertThat((String) mail.get("recipient"))
                    .doesNotContainPattern("[\\s,;]")
                    .doesNotContain("victim");
            assertThat(((String) mail.get("body")).replace("\n", "")).doesNotContainPattern(unsafe);
            // a header forged in the text would have to stand at the beginning of a line
            assertThat((String) mail.get("body")).doesNotContainPattern("(?m)^(Bcc|To|Subject): ?");
        }
    }

    @Test
    @Order(8)
    void noExportHoldsAFormula() throws Exception {
        int cells = 0;
        boolean defused = false;
        for (JsonNode offer : MAPPER.readTree(answer("gm", "/api/reports").getContentAsByteArray())) {
            MockHttpServletResponse sheet = answer(
                    "gm", "/api/reports/" + offer.get("name").asText() + "?format=xlsx&from=2026-01-01&to=2026-12-31");
            assertThat(sheet.getStatus()).isEqualTo(200);
            String xml = unzipped(sheet.getContentAsByteArray());
            assertThat(xml).doesNotContain("<f>").doesNotContain("<f ");
            assertThat(xml).doesNotContainPattern("<t[^>]*>[=+@-]");
            assertThat(xml).doesNotContain("<!ENTITY");
            defused |= xml.contains(">&apos;=") || xml.contains(">'=") || xml.contains(">&#39;=");
            cells += xml.length();
        }
        assertThat(cells).isPositive();
        assertThat(defused)
                .as("a customer named like a formula stands in a report")
                .isTrue();
    }

    // ---- how it is done

    private void send(Target target, Map<String, JsonNode> hostile) throws Exception {
        ObjectNode body = target.body().deepCopy();
        if (body.has("externalNumber")) {
            body.put("externalNumber", "HOSTILE-" + serial++);
        }
        hostile.forEach((leaf, value) -> put(body, leaf, value));
        perform(
                target.method() + " " + target.path() + " " + hostile.keySet(),
                request(HttpMethod.valueOf(target.method()), target.path())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(write(body))
                        .with(httpBasic(target.user(), "demo")),
                hostile.values().toString());
    }

    private void upload(String path, String user, String name, String text) throws Exception {
        perform(
                path,
                multipart(path)
                        .file(new MockMultipartFile("file", name, "text/csv", text.getBytes(StandardCharsets.UTF_8)))
                        .with(httpBasic(user, "demo")),
                "a sheet of hostile cells");
    }

    private void perform(String where, MockHttpServletRequestBuilder call, String what) {
        int status;
        try {
            status = http.perform(call).andReturn().getResponse().getStatus();
        } catch (Exception e) {
            broken.add(where + " threw " + e + " at " + shown(what));
            status = 500;
        }
        count(where, what, status);
    }

    private void count(String where, String what, int status) {
        inputs++;
        answers.merge(status, 1, Integer::sum);
        // whoever is refused for his role tests nothing
        if (status >= 500 || status == 401) {
            broken.add(status + " " + where + " at " + shown(what));
        }
    }

    private void nothingBroke() {
        List<String> found = List.copyOf(broken);
        broken.clear();
        assertThat(found).as("answers that are no answer").isEmpty();
    }

    private MockHttpServletResponse answer(String user, String path) throws Exception {
        return http.perform(get(path).with(httpBasic(user, "demo"))).andReturn().getResponse();
    }

    private static String shown(String text) {
        String ascii = write(TextNode.valueOf(text));
        return ascii.length() <= 120 ? ascii : ascii.substring(0, 120);
    }

    private static String write(JsonNode body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String variables(String name, String value) {
        ObjectNode body = JSON.objectNode();
        body.putObject("variables").putObject(name).put("value", value);
        return write(body);
    }

    private static String cell(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** Paths like {@code lines/0/quantity}. */
    private static List<String> leaves(JsonNode node, String path) {
        Stream<Map.Entry<String, JsonNode>> children = node.isObject()
                ? node.properties().stream()
                : Stream.iterate(0, i -> i < node.size(), i -> i + 1).map(i -> Map.entry(i.toString(), node.get(i)));
        return children.flatMap(child -> {
                    String at = path.isEmpty() ? child.getKey() : path + "/" + child.getKey();
                    List<String> below = child.getValue().isContainerNode() ? leaves(child.getValue(), at) : List.of();
                    return Stream.concat(Stream.of(at), below.stream());
                })
                .toList();
    }

    private static void put(ObjectNode body, String leaf, JsonNode value) {
        JsonNode parent = body;
        String[] steps = leaf.split("/");
        for (int i = 0; i < steps.length - 1; i++) {
            parent = parent.isArray() ? parent.path(Integer.parseInt(steps[i])) : parent.path(steps[i]);
        }
        String last = steps[steps.length - 1];
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode array && Integer.parseInt(last) < array.size()) {
            array.set(Integer.parseInt(last), value);
        }
    }

    /** How many stored texts hold what must not be there, by table and column. */
    private Map<String, Integer> forged() {
        Map<String, Integer> found = new TreeMap<>();
        Map<String, List<String>> columns = new TreeMap<>();
        jdbc.sql("select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t"
                        + " on t.table_schema = c.table_schema and t.table_name = c.table_name"
                        + " where t.table_type = 'BASE TABLE' and lower(c.table_schema) = 'public'"
                        + " and lower(c.data_type) in ('character varying', 'text', 'character large object')")
                .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .forEach(column -> columns.computeIfAbsent(column.getKey(), key -> new ArrayList<>())
                        .add(column.getValue()));
        columns.forEach((table, names) -> jdbc.sql(
                        "select \"" + String.join("\", \"", names) + "\" from \"" + table + "\"")
                .query(row -> {
                    for (String name : names) {
                        String text = row.getString(name);
                        if (text != null && (text.contains(EVALUATED) || PlainText.isForged(text))) {
                            found.merge(table + "." + name, 1, Integer::sum);
                        }
                    }
                }));
        return found;
    }

    /** From a file: a stream of its entries cannot tell the sizes that the writer gives after them. */
    private static String unzipped(byte[] workbook) throws IOException {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("report", ".xlsx");
        try {
            java.nio.file.Files.write(file, workbook);
            StringBuilder xml = new StringBuilder();
            try (ZipFile zip = new ZipFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    xml.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return xml.toString();
        } finally {
            java.nio.file.Files.delete(file);
        }
    }
}
