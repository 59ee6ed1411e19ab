package com.shunpi.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.ShunpiTest;
import com.shunpi.order.OrderDesk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * V2, N3: the first value is in no answer that somebody who could verify can get before he commits himself. Every answer
 * is asked for as the preparer as well: that the values are there for him proves that the test looks where they are.
 */
@ShunpiTest
class BlindVerificationTest {

    /** Numbers that mean nothing else. */
    private static final String QUANTITY = "486113";

    private static final String PRICE = "1234.5678";
    private static final String AMOUNT = "600139456.96";
    private static final List<String> SECRETS = List.of(QUANTITY, "1234.5678", "600139456");

    @LocalServerPort
    private int port;

    @Autowired
    private OrderDesk orderDesk;

    @Autowired
    private VerificationDesk desk;

    @Autowired
    private RuntimeService runtimeService;

    @Autowired
    private HistoryService historyService;

    @Autowired
    private TaskService taskService;

    @Autowired
    private FilterService filterService;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void theFirstValueIsInNoAnswerBeforeTheVerifierCommits() throws Exception {
        String external = OrderDesk.unique("BLIND");
        String order = enteredInTasklist(external);
        orderDesk.review(order);
        String number = desk.numberOf(DocumentType.ORDER_RELEASE, order);
        Task task = orderDesk.task(order, "userTask_verifyDocument");

        Map<String, String> preparers = answers("assistant1", order, number, external, task);
        assertThat(secretsIn(preparers))
                .as("where the values are for the preparer")
                .contains("/api/orders/" + order, "/api/cases/" + order, "/api/verifications/" + number)
                .anyMatch(path -> path.startsWith("/engine-rest/history/detail"))
                .anyMatch(path -> path.startsWith("/camunda/api/engine/engine/default/history/detail"));

        for (String user : List.of("assistant2", "manager")) {
            Map<String, String> answers = answers(user, order, number, external, task);
            assertThat(secretsIn(answers)).as("leaks to " + user).isEmpty();
            assertThat(answers.get("/api/orders/" + order)).contains("\"blind\":true");
            assertThat(answers.get("/api/cases/" + order)).contains("\"blind\":true");
            assertThat(answers.get("/api/orders?q=" + order)).contains("\"blind\":true");
            assertThat(answers.get("/api/worklist?max=500")).contains("盲核中");
        }
        // a guess gets no answer either
        for (String user : List.of("assistant2", "manager")) {
            for (String guess : List.of("amount_eq_" + AMOUNT, "amount_like_6001%25")) {
                assertThat(get(user, "/engine-rest/process-instance?businessKey=" + order + "&variables=" + guess))
                        .doesNotContain(order);
                assertThat(get(
                                user,
                                "/engine-rest/task?processInstanceBusinessKey=" + number + "&processVariables="
                                        + guess))
                        .doesNotContain(task.getId());
            }
        }

        orderDesk.verify("assistant2", order);

        assertThat(orderDesk.statusOf(order)).isEqualTo("RELEASED");
        assertThat(get("assistant2", "/api/verifications/" + number)).contains(QUANTITY, PRICE);
        assertThat(get("assistant2", "/api/orders/" + order)).contains(QUANTITY, PRICE, AMOUNT);
        assertThat(get("manager", "/api/cases/" + order)).contains(AMOUNT);
        assertThat(get("manager", "/api/orders?q=" + order)).contains(AMOUNT);
    }

    /** Both see both values once he has committed himself; while it is verified again, the next one sees neither. */
    @Test
    void theDifferenceSheetIsForThoseWhoHaveCommittedThemselves() {
        String order = orderDesk.inVerification(Integer.parseInt(QUANTITY), PRICE);
        String number = desk.numberOf(DocumentType.ORDER_RELEASE, order);
        orderDesk.complete(
                "assistant2",
                order,
                "userTask_verifyDocument",
                "decision",
                "agree",
                "keyed",
                orderDesk.keyedBut(order, "lines[0].quantity", "777001"));
        for (String user : List.of("assistant1", "assistant2")) {
            assertThat(get(user, "/api/verifications/" + number)).contains("录入 " + QUANTITY + "，复核 777001");
            assertThat(get(user, "/api/verifications?document=" + order)).contains("777001");
        }

        orderDesk.complete("assistant1", order, "userTask_completeOrder", "decision", "resubmit");
        orderDesk.review(order);
        assertThat(get("assistant1", "/api/verifications/" + number)).contains("777001", QUANTITY);
        for (String path : List.of(
                "/api/verifications/" + number,
                "/api/cases/" + number,
                "/api/cases/" + order,
                "/engine-rest/history/detail?processInstanceId=" + instanceOf(number),
                "/engine-rest/history/variable-instance?includeDeleted=true&processInstanceId=" + instanceOf(number))) {
            assertThat(get("manager", path)).doesNotContain("777001", QUANTITY);
        }
    }

    private List<String> secretsIn(Map<String, String> answers) {
        List<String> paths = new ArrayList<>();
        answers.forEach((path, answer) -> {
            // an id may hold any digits
            String text = answer.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "")
                    .replaceAll("[0-9a-f]{64}", "")
                    .replace(",", "");
            if (SECRETS.stream().anyMatch(text::contains)) {
                paths.add(path);
            }
        });
        return paths;
    }

    /** Every answer one can think of, by its address. */
    private Map<String, String> answers(String user, String order, String number, String external, Task task)
            throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>(List.of(
                "/api/orders/" + order,
                "/api/orders?q=" + order,
                "/api/orders?max=200",
                "/api/cases/" + order,
                "/api/cases/" + number,
                "/api/worklist?max=500",
                "/api/worklist?queue=sales-assistant&max=500",
                "/api/verifications/" + number,
                "/api/verifications?document=" + order,
                "/api/orders/production-requests",
                "/api/mails?case=" + order));
        String mails = get(user, "/api/mails?case=" + order);
        if (mails.startsWith("{")) {
            for (JsonNode mail : json.readTree(mails).get("mails")) {
                paths.add("/api/mails/" + mail.get("id").asText());
            }
        }
        TreeSet<String> instances = new TreeSet<>(List.of(instanceOf(order), instanceOf(number)));
        historyService
                .createHistoricProcessInstanceQuery()
                .superProcessInstanceId(instanceOf(order))
                .list()
                .forEach(sub -> instances.add(sub.getId()));
        for (String base : List.of("/engine-rest", "/camunda/api/engine/engine/default")) {
            for (String suffix : List.of(
                    "",
                    "/variables",
                    "/variables?deserializeValues=false",
                    "/localVariables",
                    "/form",
                    "/form-variables",
                    "/rendered-form",
                    "/deployed-form",
                    "/comment",
                    "/attachment",
                    "/identity-links",
                    "/variables/amount",
                    "/variables/order",
                    "/variables/keyed",
                    "/variables/amount/data")) {
                paths.add(base + "/task/" + task.getId() + suffix);
            }
            for (String instance : instances) {
                paths.add(base + "/process-instance/" + instance);
                paths.add(base + "/process-instance/" + instance + "/variables");
                paths.add(base + "/process-instance/" + instance + "/variables/amount");
                paths.add(base + "/process-instance/" + instance + "/activity-instances");
                paths.add(base + "/process-instance/" + instance + "/comment");
                paths.add(base + "/variable-instance?processInstanceIdIn=" + instance);
                paths.add(base + "/history/variable-instance?includeDeleted=true&processInstanceId=" + instance);
                paths.add(base + "/history/detail?processInstanceId=" + instance);
                paths.add(base + "/history/detail?deserializeValues=false&processInstanceId=" + instance);
                paths.add(base + "/history/process-instance/" + instance);
                paths.add(base + "/history/activity-instance?processInstanceId=" + instance);
                paths.add(base + "/history/task?processInstanceId=" + instance);
                paths.add(base + "/history/user-operation?processInstanceId=" + instance);
                paths.add(base + "/history/decision-instance?includeInputs=true&includeOutputs=true&processInstanceId="
                        + instance);
                for (Execution execution : runtimeService
                        .createExecutionQuery()
                        .processInstanceId(instance)
                        .list()) {
                    paths.add(base + "/execution/" + execution.getId() + "/localVariables");
                    paths.add(base + "/execution/" + execution.getId() + "/localVariables/amount");
                }
                runtimeService
                        .createVariableInstanceQuery()
                        .processInstanceIdIn(instance)
                        .list()
                        .forEach(variable -> {
                            paths.add(base + "/variable-instance/" + variable.getId());
                            paths.add(base + "/variable-instance/" + variable.getId() + "/data");
                        });
                historyService
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(instance)
                        .list()
                        .forEach(variable -> paths.add(base + "/history/variable-instance/" + variable.getId()));
                historyService
                        .createHistoricDetailQuery()
                        .processInstanceId(instance)
                        .list()
                        .forEach(detail -> paths.add(base + "/history/detail/" + detail.getId()));
            }
            filterService
                    .createFilterQuery()
                    .list()
                    .forEach(filter -> paths.add(base + "/filter/" + filter.getId() + "/list"));
        }
        for (String plugin : List.of(
                "/camunda/api/cockpit/plugin/base/default/process-definition/statistics",
                "/camunda/api/cockpit/plugin/base/default/process-instance/" + instanceOf(order)
                        + "/called-process-instances",
                "/camunda/api/cockpit/plugin/base/default/process-instance?processInstanceId=" + instanceOf(order))) {
            paths.add(plugin);
        }
        paths.forEach(path -> answers.put(path, get(user, path)));
        HttpUser caller = HttpUser.basic(port, user);
        // the same order with other content: the refusal names the differences
        answers.put(
                "POST /api/orders",
                caller.post("/api/orders", orderJson(external, "7", "99.5")).body());
        answers.put(
                "POST /api/orders/preview",
                caller.post("/api/orders/preview", orderJson(external, "7", "99.5"))
                        .body());
        for (String base : List.of("/engine-rest", "/camunda/api/engine/engine/default")) {
            answers.put(
                    "POST " + base + "/history/detail",
                    caller.post(base + "/history/detail", "{\"processInstanceId\":\"" + instanceOf(order) + "\"}")
                            .body());
            answers.put(
                    "POST " + base + "/variable-instance",
                    caller.post(
                                    base + "/variable-instance",
                                    "{\"processInstanceIdIn\":[\"" + instanceOf(order) + "\"]}")
                            .body());
            // the cards of Tasklist come with their variables in this form
            HttpUser tasklist = HttpUser.basic(port, user).with("Accept", "application/hal+json");
            filterService
                    .createFilterQuery()
                    .list()
                    .forEach(filter -> answers.put(
                            "HAL " + base + "/filter/" + filter.getId(),
                            tasklist.post(base + "/filter/" + filter.getId() + "/list", "{}")
                                    .body()));
        }
        return answers;
    }

    private String get(String user, String path) {
        return HttpUser.basic(port, user).get(path).body();
    }

    private String instanceOf(String businessKey) {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .singleResult()
                .getId();
    }

    private String customer;
    private String product;

    /** By the start form, which leaves the whole order in the engine's history. */
    private String enteredInTasklist(String external) throws Exception {
        customer = orderDesk.customerOfAnyCredit();
        product = orderDesk.product(500_000);
        String body = "{\"variables\":{\"order\":{\"type\":\"Json\",\"value\":"
                + json.writeValueAsString(orderJson(external, QUANTITY, PRICE)) + "}}}";
        var answer = HttpUser.basic(port, "assistant1")
                .post("/engine-rest/process-definition/key/order-review/submit-form", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body()).get("businessKey").asText();
    }

    private String orderJson(String external, String quantity, String price) {
        return """
                {"source":"test","externalNumber":"%s","customerCode":"%s","requiredDate":"2026-12-20",
                 "deliveryMode":"快递","consignee":"李四","phone":"021-5550101","address":"上海市收货路 2 号",
                 "lines":[{"productCode":"%s","quantity":"%s","unitPrice":"%s"}]}""".formatted(external, customer, product, quantity, price);
    }
}
