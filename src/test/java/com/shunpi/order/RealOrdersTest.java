package com.shunpi.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;

/**
 * The 415 real orders of a food wholesaler, imported and driven to their ends by role users over {@code /engine-rest}. The
 * data lies outside the project; where it is missing the test says so and is skipped.
 */
@ShunpiTest
class RealOrdersTest {

    private static final Path DATA = Path.of("..", "shared", "data");
    private static final Path OUT = Path.of("target", "real-orders");
    private static final int ORDERS = 415;

    /** Who works in which queue. */
    private static final Map<String, List<String>> HANDS = new LinkedHashMap<>();

    static {
        HANDS.put("sales-assistant", List.of("assistant1", "assistant2"));
        HANDS.put("sales-manager", List.of("manager"));
        HANDS.put("sales-director", List.of("director"));
        HANDS.put("finance", List.of("finance1", "finance2"));
        HANDS.put("warehouse", List.of("warehouse1"));
    }

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private MutableClock clock;

    @Autowired
    private OrderDesk desk;

    private final Map<String, Integer> steps = new TreeMap<>();
    private int specialPrices;

    @BeforeEach
    void begin() {
        clock.reset();
    }

    @Test
    void everyRealOrderReachesItsEnd() throws Exception {
        assumeTrue(
                Files.isExecutable(DATA.resolve("to-template")), "SKIPPED: the real orders are not beside the project");
        assumeTrue(toTemplate(), "SKIPPED: the real orders need python3");

        assertThat(upload("/api/customers/import", "customers.csv")
                        .get("rejected")
                        .asInt())
                .isZero();
        assertThat(upload("/api/products/import", "products.csv")
                        .get("rejected")
                        .asInt())
                .isZero();

        JsonNode first = upload("/api/orders/import", "orders.csv");
        int accepted = first.get("accepted").asInt();
        assertThat(accepted
                        + first.get("duplicates").asInt()
                        + first.get("rejected").asInt())
                .isEqualTo(ORDERS);
        for (JsonNode order : first.get("orders")) {
            assertThat(order.get("status").asText().equals("rejected"))
                    .isEqualTo(order.get("errors").size() > 0);
        }
        JsonNode second = upload("/api/orders/import", "orders.csv");
        assertThat(second.get("accepted").asInt()).isZero();
        assertThat(second.get("duplicates").asInt() + second.get("rejected").asInt())
                .isEqualTo(ORDERS);
        Map<String, Integer> holds = counts("select reason, count(*) from order_hold h join sales_order o"
                + " on o.order_number = h.order_number where o.source = 'northwind' group by reason");

        drive();

        Map<String, Integer> outcomes =
                counts("select status, count(*) from sales_order where source = 'northwind' group by status");
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(accepted);
        assertThat(outcomes.keySet()).isSubsetOf("ARCHIVED", "CANCELLED", "REJECTED");
        assertThat(runtimeService.createIncidentQuery().count()).isZero();
        assertThat(jdbc.sql("select count(*) from product p where stock < 0 or reserved <> (select"
                                + " coalesce(sum(quantity), 0) from stock_reservation r where r.product_code = p.code)")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from stock_reservation r join sales_order o"
                                + " on o.order_number = r.document_number where o.source = 'northwind'")
                        .query(Integer.class)
                        .single())
                .isZero();
        report(first, holds, outcomes);
    }

    private void report(JsonNode imported, Map<String, Integer> holds, Map<String, Integer> outcomes)
            throws IOException {
        String text = "imported: accepted " + imported.get("accepted") + ", duplicates " + imported.get("duplicates")
                + ", rejected " + imported.get("rejected") + "\nholds at intake: " + holds + "\nsteps taken: " + steps
                + "\noutcomes: " + outcomes + "\n";
        Files.writeString(OUT.resolve("counts.txt"), text);
    }

    /** Every role works off its queue, and goods come in for what is missing, until nothing is left to do. */
    private void drive() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Map.Entry<String, List<String>> queue : HANDS.entrySet()) {
                for (JsonNode task : tasks(queue.getKey(), queue.getValue().get(0))) {
                    complete(task, queue.getValue());
                    moved = true;
                }
            }
            for (JsonNode request : get("/api/orders/production-requests", "warehouse1")) {
                goodsCameIn(
                        request.get("productCode").asText(),
                        request.get("quantity").asInt());
                moved = true;
            }
        }
    }

    private JsonNode tasks(String group, String user) {
        return get("/engine-rest/task?candidateGroup=" + group + "&sortBy=created&sortOrder=asc&maxResults=100", user);
    }

    private void complete(JsonNode task, List<String> users) {
        String step = task.get("taskDefinitionKey").asText();
        String id = task.get("id").asText();
        // the second of two people verifies what the first one did
        String user = step.startsWith("userTask_verify") ? users.get(users.size() > 1 ? 1 : 0) : users.get(0);
        JsonNode card = get("/engine-rest/task/" + id + "/variables", user);
        ObjectNode body = json.createObjectNode();
        ObjectNode variables = body.putObject("variables");
        decide(step, card, id)
                .forEach((name, value) ->
                        variables.putObject(name).put("value", value).put("type", "String"));
        ObjectNode claim = json.createObjectNode().put("userId", user);
        assertThat(post("/engine-rest/task/" + id + "/claim", user, claim)
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        ResponseEntity<String> answer = post("/engine-rest/task/" + id + "/complete", user, body);
        assertThat(answer.getStatusCode().value())
                .as(step + ": " + answer.getBody())
                .isEqualTo(204);
        steps.merge(step, 1, Integer::sum);
    }

    private Map<String, String> decide(String step, JsonNode card, String id) {
        return switch (step) {
            case "userTask_reviewOrder", "userTask_approveUnpaid", "userTask_checkUnpaid" ->
                Map.of("decision", "approve");
            // every tenth special price is turned down, and the customer then withdraws
            case "userTask_approvePrice" ->
                ++specialPrices % 10 == 0
                        ? Map.of("decision", "reject", "comment", "价格过低")
                        : Map.of("decision", "approve");
            case "userTask_verifyDocument", "userTask_verifyInvoice" ->
                Map.of(
                        "decision",
                        "agree",
                        "keyed",
                        desk.keyed(card.get("documentNumber").get("value").asText()));
            case "userTask_completeOrder" -> Map.of("decision", "cancel", "comment", "客户不接受，取消");
            case "userTask_confirmReceipt" ->
                Map.of(
                        "decision",
                        "confirm",
                        "bankReference",
                        "R-" + id,
                        "payer",
                        card.get("customerName").get("value").asText(),
                        "bank",
                        "Bank",
                        "receivedAmount",
                        card.get("amount").get("value").asText(),
                        "receivedOn",
                        "2026-11-23");
            case "userTask_releaseHold" ->
                Map.of("decision", "release", "comment", "历史订单，准予发货", "reviewOn", "2026-12-31");
            case "userTask_promiseDate" -> Map.of("decision", "promise", "promisedDate", "2026-12-01");
            case "userTask_shipOrder" ->
                Map.of("decision", "ship", "carrier", "United Package", "waybill", "W-" + id, "pieces", "1");
            case "userTask_prepareInvoice" ->
                Map.of("decision", "issue", "invoiceNumber", "I-" + id, "taxNumber", "TAX-1");
            case "userTask_fileNote" ->
                Map.of("decision", "archive", "signedBy", "Consignee", "signedOn", "2026-11-23");
            default -> throw new AssertionError("no hand for " + step);
        };
    }

    private void goodsCameIn(String product, int quantity) {
        ObjectNode receipt =
                json.createObjectNode().put("reference", OrderDesk.unique("GR")).put("quantity", quantity);
        assertThat(post("/api/products/" + product + "/receipts", "warehouse1", receipt)
                        .getStatusCode()
                        .is2xxSuccessful())
                .isTrue();
    }

    private JsonNode upload(String address, String file) throws IOException {
        LinkedMultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("file", new FileSystemResource(OUT.resolve(file)));
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.MULTIPART_FORM_DATA);
        ResponseEntity<String> answer =
                as("assistant1").postForEntity(address, new HttpEntity<>(form, headers), String.class);
        assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(200);
        return json.readTree(answer.getBody());
    }

    private JsonNode get(String address, String user) {
        ResponseEntity<String> answer = as(user).getForEntity(address, String.class);
        assertThat(answer.getStatusCode().value())
                .as(address + " " + answer.getBody())
                .isEqualTo(200);
        try {
            return json.readTree(answer.getBody());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ResponseEntity<String> post(String address, String user, JsonNode body) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        return as(user).exchange(address, HttpMethod.POST, new HttpEntity<>(body.toString(), headers), String.class);
    }

    private TestRestTemplate as(String user) {
        return http.withBasicAuth(user, "demo");
    }

    private Map<String, Integer> counts(String sql) {
        Map<String, Integer> counts = new TreeMap<>();
        jdbc.sql(sql).query(rs -> {
            counts.put(rs.getString(1), rs.getInt(2));
        });
        return counts;
    }

    private static boolean toTemplate() throws IOException, InterruptedException {
        Files.createDirectories(OUT);
        try {
            Process process = new ProcessBuilder(DATA.resolve("to-template").toString(), OUT.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(OUT.resolve("to-template.log").toFile())
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
