package com.shunpi.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import com.shunpi.attack.Addresses.Address;
import com.shunpi.order.OrderDesk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * A5: everything that can be read, read by those who have no business with prices, contacts or addresses, and searched for
 * those of a marked customer: our API, the engine's REST API with its history, Cockpit. And the log of it all.
 */
@ShunpiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonalDataTest {

    private static final Map<String, String> MARKS = new LinkedHashMap<>();

    static {
        MARKS.put("unit price", "7391.73");
        MARKS.put("amount", "14783.46");
        MARKS.put("cost", "5193.51");
        MARKS.put("credit limit", "8837793");
        MARKS.put("customer's phone", "0577-3917-7391");
        MARKS.put("customer's mail", "marked-7391@secret.example");
        MARKS.put("customer's address", "绝密路七三九一号");
        MARKS.put("consignee's phone", "0577-8844-7391");
        MARKS.put("consignee's address", "收货密路七三九一号");
    }

    /** Whoever ships a parcel has to know where to. */
    private static final Set<String> FOR_SHIPPING = Set.of("consignee's phone", "consignee's address");

    /** Who has a queue sees the document's amount on its card (A3), never a price. */
    private static final Set<String> WITH_CARDS = Set.of("warehouse1", "owner");

    private static final String PASSWORD = "Wrong-Secret-7391!";

    @LocalServerPort
    private int port;

    @Autowired
    private MockMvc http;

    @Autowired
    private ServletWebServerApplicationContext context;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private MutableClock clock;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final String serial = OrderDesk.unique("K");
    private String order;
    private String instance;
    private String task;

    @BeforeAll
    void aMarkedCustomerOrders() throws Exception {
        log.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
        clock.reset();
        upload(
                "/api/customers/import",
                "客户编码,名称,等级,结算折扣,付款方式,信用额度,账期天数,联系人,电话,邮箱,地址,业务员,区域\n" + serial
                        + ",标记客户,A,1,账期,8837793,30,王密,0577-3917-7391,marked-7391@secret.example,绝密路七三九一号,rep1,华东\n");
        upload("/api/products/import", "产品编码,名称,型号,目录价,成本价,库存,停产\n" + serial + ",标记产品,M,7391.7300,5193.5100,100,否\n");
        String answer = HttpUser.basic(port, "assistant1")
                .post("/api/orders", """
                        {"source": "marked", "externalNumber": "%s", "customerCode": "%s", "requiredDate": "2026-12-20",
                         "deliveryMode": "快递", "consignee": "收密", "phone": "0577-8844-7391", "address": "收货密路七三九一号",
                         "lines": [{"productCode": "%s", "quantity": "2", "unitPrice": "7391.73"}]}
                        """.formatted(serial, serial, serial))
                .body();
        order = new ObjectMapper().readTree(answer).path("orderNumber").asText();
        assertThat(order).as(answer).startsWith("SO-");
        desk.review(order);
        desk.verify(order);
        assertThat(desk.statusOf(order)).isEqualTo("RELEASED");
        instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(order, "order-review")
                .singleResult()
                .getId();
        task = desk.task(order, "userTask_shipOrder").getId();
        HttpUser.stranger(port).as("nobody-7391", PASSWORD).get("/api/me");
        HttpUser.browser(port).post("/login", Map.of("username", "nobody-7391", "password", PASSWORD));
    }

    @AfterAll
    void detach() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    }

    private void upload(String path, String csv) throws Exception {
        int status = http.perform(MockMvcRequestBuilders.multipart(path)
                        .file(new MockMultipartFile("file", "m.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)))
                        .with(SecurityMockMvcRequestPostProcessors.httpBasic("finance1", "demo")))
                .andReturn()
                .getResponse()
                .getStatus();
        assertThat(status).isEqualTo(200);
    }

    /** Or the searches below would prove nothing. */
    @Test
    void whoMaySeesTheMarks() {
        HttpUser assistant = HttpUser.basic(port, "assistant1");
        assertThat(assistant.get("/api/orders/" + order).body())
                .contains("7391.73", "14783.46", "0577-8844-7391", "收货密路七三九一号");
        assertThat(assistant.get("/api/customers?q=" + serial).body())
                .contains("0577-3917-7391", "绝密路七三九一号")
                .doesNotContain("8837793");
        assertThat(HttpUser.basic(port, "warehouse1")
                        .get("/api/orders/" + order)
                        .body())
                .contains("0577-8844-7391", "收货密路七三九一号");
    }

    @ParameterizedTest
    @CsvSource({"warehouse1, true", "technical1, false", "purchasing1, false", "owner, false"})
    void nobodyReadsWhatIsNoneOfHisBusiness(String user, boolean ships) {
        HttpUser reader = HttpUser.basic(port, user);
        Set<String> found = new TreeSet<>();
        List<String> paths = new ArrayList<>(questions());
        paths.addAll(ours());
        for (String id : List.of(instance, task)) {
            new Addresses(context)
                    .engine(id).stream()
                            .filter(address -> address.method().equals("GET"))
                            .map(Address::path)
                            // the same once more
                            .filter(path -> !path.startsWith("/engine-rest/engine/")
                                    && !path.startsWith("/camunda/api/engine/"))
                            .forEach(paths::add);
        }
        for (String path : new TreeSet<>(paths)) {
            String body = reader.get(path).body();
            MARKS.forEach((what, mark) -> {
                boolean onTheCard = what.equals("amount") && WITH_CARDS.contains(user);
                if (body.contains(mark)
                        && !onTheCard
                        && !(ships && FOR_SHIPPING.contains(what))
                        && !isMail(user, path)) {
                    found.add(what + " at " + path);
                }
            });
        }
        assertThat(found).as("what " + user + " reads").isEmpty();
    }

    /** A process owner looks after what customers are told, and reads the mails for it. */
    private static boolean isMail(String user, String path) {
        return user.equals("owner") && path.startsWith("/api/mails");
    }

    private List<String> ours() {
        return new Addresses(context)
                .controllers().stream()
                        .filter(address ->
                                address.method().equals("GET") && address.path().startsWith("/api/"))
                        .flatMap(address -> Stream.of(order, serial)
                                .map(value -> address.path()
                                        .replace("{year}", "2026")
                                        .replace("{kind}", "orders")
                                        .replace("{name}", "daily-sales")
                                        .replaceAll("\\{\\w+}", value)))
                        .map(path -> path
                                + "?q=" + serial + "&document=" + order + "&order=" + order + "&task=" + task
                                + "&max=200")
                        .toList();
    }

    /** Lists of the engine, asked for everything they can tell. */
    private List<String> questions() {
        List<String> all = new ArrayList<>();
        for (String base : List.of("/engine-rest", "/camunda/api/engine/engine/default")) {
            all.addAll(List.of(
                    base + "/task?processInstanceId=" + instance,
                    base + "/task/" + task + "/variables?deserializeValues=true",
                    base + "/task/" + task + "/form-variables",
                    base + "/process-instance/" + instance + "/variables",
                    base + "/variable-instance?processInstanceIdIn=" + instance,
                    base + "/history/variable-instance?processInstanceId=" + instance,
                    base + "/history/detail?processInstanceId=" + instance,
                    base + "/history/process-instance?processInstanceBusinessKey=" + order,
                    base + "/history/task?processInstanceId=" + instance,
                    base + "/history/activity-instance?processInstanceId=" + instance,
                    base + "/history/user-operation?processInstanceId=" + instance,
                    base + "/history/decision-instance?processInstanceId=" + instance
                            + "&includeInputs=true&includeOutputs=true",
                    base + "/history/decision-instance?includeInputs=true&includeOutputs=true&maxResults=500",
                    base + "/history/variable-instance?variableName=amount&maxResults=2000",
                    base + "/variable-instance?variableName=amount&maxResults=2000",
                    base + "/user",
                    base + "/user/assistant1/profile",
                    base + "/user/count"));
        }
        return all;
    }

    /** The log of what happened above, and of everything else this JVM has done since. */
    @Test
    void theLogKnowsNoPasswordAndNoPhone() {
        HttpUser.basic(port, "assistant1").post("/api/orders", "{\"phone\": \"0577-8844-7391\", \"nonsense\": 1}");
        List<String> lines = List.copyOf(log.list).stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : " " + event.getThrowableProxy().getMessage()))
                .toList();
        for (String secret : List.of(
                PASSWORD, "0577-3917-7391", "0577-8844-7391", "marked-7391@secret.example", "绝密路七三九一号", "7391.73")) {
            assertThat(lines).as(secret).noneMatch(line -> line.contains(secret));
        }
    }
}
