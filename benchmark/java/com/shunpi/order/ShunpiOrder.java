package com.shunpi.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.benchmark.Contender;
import com.shunpi.benchmark.Shunpi;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Product;
import com.shunpi.verification.PreparedValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Our order from its intake to its release with all that belongs to it: the unique key, completeness, holds of every kind,
 * the blind check by a second person, credit, stock, the decision record, the customer's mails in the outbox.
 */
final class ShunpiOrder implements Contender {

    private static final List<Step> STEPS =
            List.of(new Step("assistant1", "sales-assistant"), new Step("assistant2", "sales-assistant"));

    /** Three lines: of the real orders of docs/real-orders.md the average has 2.6. */
    private static final int LINES = 3;

    private static final int PRODUCTS = 60;
    /** So that what is asked about a customer stays what it is in a real year. */
    private static final int ORDERS_OF_A_CUSTOMER = 20;

    private ConfigurableApplicationContext application;
    private IdentityService identityService;
    private TaskService taskService;
    private OrderIntake intake;
    private OrderService orders;
    private MasterData masterData;
    private TransactionTemplate transaction;
    private ObjectMapper json;

    @Override
    public void open(DataSource database) {
        application = Shunpi.start(database, Map.of());
        identityService = application.getBean(IdentityService.class);
        taskService = application.getBean(TaskService.class);
        intake = application.getBean(OrderIntake.class);
        orders = application.getBean(OrderService.class);
        masterData = application.getBean(MasterData.class);
        transaction = application.getBean(TransactionTemplate.class);
        json = application.getBean(ObjectMapper.class);
        masterData.saveProducts(IntStream.range(0, PRODUCTS)
                .mapToObj(number -> new Product.Facts(
                        product(number),
                        "产品 " + number,
                        "M1",
                        new BigDecimal("100.0000"),
                        new BigDecimal("70.0000"),
                        100_000_000,
                        false))
                .toList());
    }

    private static String product(int number) {
        return "BENCH-P" + number % PRODUCTS;
    }

    private static String customer(int number) {
        return "BENCH-C" + number / ORDERS_OF_A_CUSTOMER;
    }

    @Override
    public void prepare(int first, int count) {
        masterData.saveCustomers(IntStream.range(first, first + count)
                .mapToObj(ShunpiOrder::customer)
                .distinct()
                .map(code -> new Customer.Facts(
                        code,
                        "客户 " + code,
                        Grade.B,
                        new BigDecimal("1.0000"),
                        PaymentTerms.CREDIT,
                        new BigDecimal("1000000.00"),
                        30,
                        "张三",
                        "021-5550100",
                        code + "@example.com",
                        "上海市测试路 1 号",
                        "rep1",
                        "华东",
                        null))
                .toList());
    }

    @Override
    public String start(int number) {
        List<OrderDraft.Line> lines = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            lines.add(new OrderDraft.Line(product(number * LINES + line), line + 1, new BigDecimal("100.00")));
        }
        OrderDraft draft = new OrderDraft(
                "benchmark",
                "E-" + number,
                customer(number),
                orders.today().plusDays(30),
                "快递",
                "李四",
                "021-5550101",
                "上海市收货路 2 号",
                Instant.now(),
                false,
                null,
                lines);
        return intake.receive(draft, STEPS.get(0).user()).orderNumber();
    }

    @Override
    public List<Step> steps() {
        return STEPS;
    }

    @Override
    public String taskQuery() {
        return TASK_OF_ORDER;
    }

    @Override
    public Map<String, Object> input(String orderNumber, int step) {
        return step == 0
                ? Map.of("decision", "approve")
                : Map.of("decision", "agree", "keyed", readInTheCustomersPaper(orderNumber));
    }

    private String readInTheCustomersPaper(String orderNumber) {
        Map<String, String> keyed = transaction.execute(status -> {
            Order order = orders.order(orderNumber);
            return order.invoiceValues(masterData.products(order.quantities().keySet())).stream()
                    .collect(Collectors.toMap(PreparedValue::path, PreparedValue::value));
        });
        try {
            return json.writeValueAsString(keyed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void login(Step step) {
        Shunpi.login(identityService, step);
    }

    @Override
    public void claim(String task, Step step) {
        taskService.claim(task, step.user());
    }

    @Override
    public void complete(String task, Map<String, Object> input) {
        taskService.complete(task, input);
    }

    @Override
    public void logout() {
        Shunpi.logout(identityService);
    }

    @Override
    public void close() {
        application.close();
    }
}
