package com.shunpi.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
    private static final String APPROVE_PRICE = "userTask_approvePrice";

    /** Who works in which queue. */
    private static final Map<String, List<String>> HANDS = new LinkedHashMap<>();

    static {
        HANDS.put("sales-assistant", List.of("assistant1", "assistant2"));
        HANDS.put("sales-manager", List.of("manager"));
        HANDS.put("sales-director", List.of("director"));
        HANDS.put("general-manager", List.of("gm"));
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

    private final Set<String> orders = new HashSet<>();
    private final Map<String, Integer> steps = new TreeMap<>();
    /** Which of the requests were turned down, in the order in which they first came to somebody. */
    private final Map<String, Boolean> requests = new LinkedHashMap<>();

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
        first.get("orders")
                .forEach(order -> orders.add(order.path("orderNumber").asText()));
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
        Map<String, Integer> levels = levels();
        assertThat(levels.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(requests.size());
        report(first, holds, outcomes, levels);
    }

    /** Who was asked for a special price, checked against thresholds written down here once more (P2); how often. */
    private Map<String, Integer> levels() {
        Map<String, List<Map<String, Object>>> lines = jdbc
                .sql("select r.request_number, l.customer_price, l.asked_price, l.quantity, p.cost_price, c.grade"
                        + " from special_price_request r join sales_order o on o.order_number = r.order_number"
                        + " join special_price_line l on l.request_number = r.request_number"
                        + " join product p on p.code = l.product_code join customer c on c.code = r.customer_code"
                        + " where o.source = 'northwind' and r.submitted_at is not null")
                .query()
                .listOfRows()
                .stream()
                .collect(Collectors.groupingBy(row -> (String) row.get("request_number")));
        Map<String, Integer> levels = new TreeMap<>();
        lines.forEach((request, asked) -> {
            Set<String> expected = expectedApprovers(asked);
            assertThat(jdbc.sql("select role_group from special_price_approval where request_number = ?")
                            .param(request)
                            .query(String.class)
                            .list())
                    .as(request + " " + asked)
                    .containsExactlyInAnyOrderElementsOf(expected);
            levels.merge(String.join(", ", expected), 1, Integer::sum);
        });
        return levels;
    }

    private static Set<String> expectedApprovers(List<Map<String, Object>> lines) {
        Set<String> approvers = new TreeSet<>();
        for (Map<String, Object> line : lines) {
            BigDecimal own = (BigDecimal) line.get("customer_price");
            BigDecimal asked = (BigDecimal) line.get("asked_price");
            BigDecimal cost = (BigDecimal) line.get("cost_price");
            // part of the customer's price that is given away, part of the asked price that is earned
            BigDecimal depth = own.subtract(asked).divide(own, 8, RoundingMode.UP);
            BigDecimal margin = asked.subtract(cost).divide(asked, 8, RoundingMode.DOWN);
            boolean isC = "C".equals(String.valueOf(line.get("grade")).strip());
            when(depth, "0.03", false, approvers, "sales-manager");
            when(depth, "0.10", false, approvers, "sales-director");
            when(depth, isC ? "0.05" : "1", false, approvers, "sales-director");
            when(depth, "0.20", false, approvers, "general-manager");
            when(margin, "0.20", true, approvers, "sales-manager");
            when(margin, "0.12", true, approvers, "sales-director");
            when(margin, "0.05", true, approvers, "general-manager");
            if (asked.compareTo(cost) < 0) {
                approvers.addAll(Set.of("general-manager", "finance"));
            }
        }
        BigDecimal amount = lines.stream()
                .map(line -> ((BigDecimal) line.get("customer_price"))
                        .multiply(new BigDecimal(String.valueOf(line.get("quantity")))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        when(amount, "50000", false, approvers, "sales-manager");
        when(amount, "200000", false, approvers, "sales-director");
        return approvers;
    }

    private static void when(BigDecimal value, String limit, boolean below, Set<String> approvers, String role) {
        int side = value.compareTo(new BigDecimal(limit));
        if (below ? side < 0 : side > 0) {
            approvers.add(role);
        }
    }

    private void report(
            JsonNode imported, Map<String, Integer> holds, Map<String, Integer> outcomes, Map<String, Integer> levels)
            throws IOException {
        String text = "imported: accepted " + imported.get("accepted") + ", duplicates " + imported.get("duplicates")
                + ", rejected " + imported.get("rejected") + "\nholds at intake: " + holds + "\nsteps taken: " + steps
                + "\noutcomes: " + outcomes + "\napprovers of special prices: " + levels + "\n";
        Files.writeString(OUT.resolve("counts.txt"), text);
    }

    /** Every role works off its queue, and goods come in for what is missing, until nothing is left to do. */
    private void drive() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Map.Entry<String, List<String>> queue : HANDS.entrySet()) {
                for (JsonNode task : tasks(queue.getKey(), queue.getValue().get(0))) {
                    complete(task, queue.getKey(), queue.getValue());
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

    /** What waits in a queue for one of the real orders; other tests leave tasks of their own. */
    private List<JsonNode> tasks(String group, String user) {
        List<JsonNode> tasks = new ArrayList<>();
        JsonNode page;
        int first = 0;
        do {
            page = get("/api/worklist?queue=" + group + "&first=" + first + "&max=500", user)
                    .get("tasks");
            page.forEach(task -> {
                if (orders.contains(task.get("documentNumber").asText())) {
                    tasks.add(task);
                }
            });
            first += 500;
        } while (page.size() == 500);
        return tasks;
    }

    private void complete(JsonNode task, String group, List<String> users) {
        String step = task.get("step").asText();
        String id = task.get("taskId").asText();
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
        steps.merge(step.equals(APPROVE_PRICE) ? step + " " + group : step, 1, Integer::sum);
    }

    private Map<String, String> decide(String step, JsonNode card, String id) {
        return switch (step) {
            case "userTask_reviewOrder", "userTask_approveUnpaid", "userTask_checkUnpaid" ->
                Map.of("decision", "approve");
            case "userTask_submitRequest" ->
                Map.of("decision", "submit", "request", "{\"reason\":\"历史订单\",\"validTo\":\"2026-12-31\"}");
            // every tenth special price is turned down by the first who is asked, and the customer then withdraws
            case APPROVE_PRICE ->
                requests.computeIfAbsent(
                                card.get("requestNumber").get("value").asText(), number -> requests.size() % 10 == 9)
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
