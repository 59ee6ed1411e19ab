package com.shunpi.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Product;
import com.shunpi.verification.PreparedValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

/** The hands of the sales department in a test: customers, products, orders, and tasks done by the people of the demo. */
@TestComponent
public class OrderDesk {

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final Login login;
    private final OrderIntake intake;
    private final OrderService orders;
    private final OrderActions actions;
    private final MasterData masterData;
    private final TaskService taskService;
    private final RuntimeService runtimeService;
    private final ManagementService managementService;
    private final MutableClock clock;
    private final TransactionTemplate transaction;

    OrderDesk(
            Login login,
            OrderIntake intake,
            OrderService orders,
            OrderActions actions,
            MasterData masterData,
            TaskService taskService,
            RuntimeService runtimeService,
            ManagementService managementService,
            MutableClock clock,
            TransactionTemplate transaction) {
        this.login = login;
        this.intake = intake;
        this.orders = orders;
        this.actions = actions;
        this.masterData = masterData;
        this.taskService = taskService;
        this.runtimeService = runtimeService;
        this.managementService = managementService;
        this.clock = clock;
        this.transaction = transaction;
    }

    public static String unique(String prefix) {
        return prefix + SERIAL.incrementAndGet() + "-" + Long.toString(System.nanoTime(), 36);
    }

    /** A customer on credit with a limit of a million, paying list price. */
    public String customer(Grade grade) {
        return customer(grade, PaymentTerms.CREDIT, "1000000.00");
    }

    public String customerOfAnyCredit() {
        return customerOfAnyCredit(Grade.A);
    }

    public String customerOfAnyCredit(Grade grade) {
        return customer(grade, PaymentTerms.CREDIT, "99999999999.00");
    }

    String prepaidCustomer() {
        return customer(Grade.B, PaymentTerms.PREPAID, "0.00");
    }

    String customer(Grade grade, PaymentTerms terms, String limit) {
        String code = unique("C");
        masterData.saveCustomers(List.of(new Customer.Facts(
                code,
                "客户 " + code,
                grade,
                new BigDecimal("1.0000"),
                terms,
                new BigDecimal(limit),
                30,
                "张三",
                "021-5550100",
                code + "@example.com",
                "上海市测试路 1 号",
                "rep1",
                "华东",
                null)));
        return code;
    }

    /** A product at 100.00 with so many units in stock. */
    public String product(int stock) {
        return product(stock, false);
    }

    String product(int stock, boolean discontinued) {
        String code = unique("P");
        saveProduct(code, stock, discontinued);
        return code;
    }

    void saveProduct(String code, int stock, boolean discontinued) {
        masterData.saveProducts(List.of(new Product.Facts(
                code, "产品 " + code, "M1", new BigDecimal("100.0000"), new BigDecimal("70.0000"), stock, discontinued)));
    }

    static OrderDraft.Line line(String product, int quantity) {
        return line(product, quantity, "100.00");
    }

    static OrderDraft.Line line(String product, int quantity, String price) {
        return new OrderDraft.Line(product, quantity, new BigDecimal(price));
    }

    OrderDraft draft(String customer, OrderDraft.Line... lines) {
        return new OrderDraft(
                "test",
                unique("E"),
                customer,
                LocalDate.of(2026, 12, 20),
                "快递",
                "李四",
                "021-5550101",
                "上海市收货路 2 号",
                clock.instant(),
                false,
                null,
                List.of(lines));
    }

    /** An order of a customer for one unit that is in stock, reviewed; its number. */
    public String reviewedOrder(String customer) {
        String number = receive(draft(customer, line(product(10), 1)));
        review(number);
        return number;
    }

    static OrderDraft with(OrderDraft draft, String consignee, List<OrderDraft.Line> lines) {
        return new OrderDraft(
                draft.source(),
                draft.externalNumber(),
                draft.customerCode(),
                draft.requiredDate(),
                draft.deliveryMode(),
                consignee,
                draft.phone(),
                draft.address(),
                draft.orderedAt(),
                draft.urgent(),
                draft.remark(),
                lines);
    }

    static OrderDraft urgent(OrderDraft draft) {
        return new OrderDraft(
                draft.source(),
                draft.externalNumber(),
                draft.customerCode(),
                draft.requiredDate(),
                draft.deliveryMode(),
                draft.consignee(),
                draft.phone(),
                draft.address(),
                draft.orderedAt(),
                true,
                draft.remark(),
                draft.lines());
    }

    /** An order of one line, entered by assistant1, that waits for its review. */
    public String received() {
        return receive(draft(customer(Grade.B), line(product(10), 1)));
    }

    /** An order of one line by a customer with all the credit in the world, entered and approved by assistant1. */
    public String inVerification(int quantity, String unitPrice) {
        String number = receive(draft(customerOfAnyCredit(), line(product(quantity + 10), quantity, unitPrice)));
        review(number);
        return number;
    }

    /** The same, changed by assistant2 between the two. */
    public String changedByAColleague() {
        String product = product(100);
        OrderDraft draft = draft(customer(Grade.B), line(product, 1));
        String number = receive(draft);
        login.run(
                "assistant2", () -> actions.change(number, with(draft, draft.consignee(), List.of(line(product, 2)))));
        review(number);
        return number;
    }

    /** The customer wants another quantity of the first line; entered by assistant1. */
    public void change(String orderNumber, int quantity) {
        OrderDraft draft = withQuantity(orderNumber, quantity);
        login.run("assistant1", () -> actions.change(orderNumber, draft));
    }

    /** assistant1 corrects the quantity of the first line of an order that was sent back. */
    public void correct(String orderNumber, int quantity) {
        complete(
                "assistant1",
                orderNumber,
                "userTask_completeOrder",
                "decision",
                "resubmit",
                "order",
                OrderJson.of(withQuantity(orderNumber, quantity)));
    }

    private OrderDraft withQuantity(String orderNumber, int quantity) {
        Order order = order(orderNumber);
        OrderLine first = order.lines().get(0);
        return new OrderDraft(
                order.source(),
                order.externalNumber(),
                order.customerCode(),
                order.requiredDate(),
                order.deliveryMode(),
                order.consignee(),
                order.phone(),
                order.address(),
                order.orderedAt(),
                order.isUrgent(),
                order.remark(),
                List.of(new OrderDraft.Line(first.productCode(), quantity, first.unitPrice())));
    }

    /** Received by assistant1. */
    String receive(OrderDraft draft) {
        return login.as("assistant1", () -> intake.receive(draft, "assistant1")).orderNumber();
    }

    /** Completes the one open task of that kind for the order, as a user. */
    public void complete(String user, String orderNumber, String step, String... variables) {
        Map<String, Object> submitted = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            submitted.put(variables[i], variables[i + 1]);
        }
        String task = task(orderNumber, step).getId();
        login.run(user, () -> taskService.complete(task, submitted));
    }

    public Task task(String orderNumber, String step) {
        List<Task> tasks = taskService
                .createTaskQuery()
                .processVariableValueEquals("documentNumber", orderNumber)
                .taskDefinitionKey(step)
                .list();
        if (tasks.size() != 1) {
            throw new AssertionError("expected one " + step + " of " + orderNumber + ", found " + tasks.size()
                    + "; open are " + steps(orderNumber));
        }
        return tasks.get(0);
    }

    /** The element ids of the open tasks of an order, called cases included. */
    public List<String> steps(String orderNumber) {
        return taskService.createTaskQuery().processVariableValueEquals("documentNumber", orderNumber).list().stream()
                .map(Task::getTaskDefinitionKey)
                .sorted()
                .toList();
    }

    ProcessInstance instance(String orderNumber) {
        return runtimeService
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(orderNumber, OrderReviewProcess.KEY)
                .singleResult();
    }

    public void review(String orderNumber) {
        complete("assistant1", orderNumber, "userTask_reviewOrder", "decision", "approve");
    }

    /** The request that the order opened is sent by rep1, valid for a month (P1). */
    void submitPrice(String orderNumber) {
        complete(
                "rep1",
                orderNumber,
                "userTask_submitRequest",
                "decision",
                "submit",
                "request",
                "{\"reason\":\"竞争对手报价更低\",\"validTo\":\"" + today().plusDays(30) + "\"}");
    }

    public void verify(String orderNumber) {
        verify("assistant2", orderNumber);
    }

    public void verify(String user, String orderNumber) {
        complete(user, orderNumber, "userTask_verifyDocument", "decision", "agree", "keyed", keyed(orderNumber));
    }

    public void verifyInvoice(String user, String orderNumber) {
        complete(user, orderNumber, "userTask_verifyInvoice", "decision", "agree", "keyed", keyed(orderNumber));
    }

    /** What a verifier keys who reads the right values in the customer's paper: quantity, price, amount, tax number (V2). */
    public String keyed(String orderNumber) {
        return json(keyedValues(orderNumber));
    }

    /** As {@link #keyed}, but with a slip in one value. */
    public String keyedBut(String orderNumber, String path, String value) {
        Map<String, String> keyed = keyedValues(orderNumber);
        keyed.put(path, value);
        return json(keyed);
    }

    private Map<String, String> keyedValues(String orderNumber) {
        Order order = order(orderNumber);
        return order.invoiceValues(masterData.products(order.quantities().keySet())).stream()
                .collect(Collectors.toMap(PreparedValue::path, PreparedValue::value));
    }

    private static String json(Map<String, String> values) {
        try {
            return new ObjectMapper().writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public void ship(String orderNumber) {
        complete(
                "warehouse1",
                orderNumber,
                "userTask_shipOrder",
                "decision",
                "ship",
                "carrier",
                "顺达快运",
                "waybill",
                "SD" + orderNumber,
                "pieces",
                "2");
    }

    public void invoice(String orderNumber) {
        complete(
                "finance1",
                orderNumber,
                "userTask_prepareInvoice",
                "decision",
                "issue",
                "invoiceNumber",
                "INV-" + orderNumber,
                "taxNumber",
                "91310000TEST0001X");
        verifyInvoice("finance2", orderNumber);
    }

    /** An order of these units per product at 100.00, delivered and not invoiced. */
    public String delivered(String customer, Map<String, Integer> units) {
        return delivered(customer, units, "100.00");
    }

    public String delivered(String customer, Map<String, Integer> units, String price) {
        String number = receive(draft(
                customer,
                units.entrySet().stream()
                        .map(unit -> line(unit.getKey(), unit.getValue(), price))
                        .toArray(OrderDraft.Line[]::new)));
        review(number);
        verify(number);
        ship(number);
        return number;
    }

    /** The demo company's orders; played once, whoever asks first. */
    public void loadDemo(BeanFactory beans) {
        beans.getBean(DemoOrders.class).load();
    }

    /** What a returns case sends goes out, checked by two people, signed for. */
    public void send(String orderNumber) {
        complete("assistant2", orderNumber, "userTask_reviewOrder", "decision", "approve");
        verify("manager", orderNumber);
        ship(orderNumber);
        file(orderNumber);
    }

    public void file(String orderNumber) {
        complete(
                "assistant1",
                orderNumber,
                "userTask_fileNote",
                "decision",
                "archive",
                "signedBy",
                "李四",
                "signedOn",
                today().toString());
    }

    LocalDate today() {
        return orders.today();
    }

    /** Where the order stands, e.g. {@code RELEASED}. */
    public String statusOf(String orderNumber) {
        return order(orderNumber).status().name();
    }

    /** The order as it is stored, its lines and holds loaded. */
    Order order(String orderNumber) {
        return transaction.execute(status -> {
            Order order = orders.order(orderNumber);
            order.lines().size();
            order.openHolds().size();
            return order;
        });
    }

    /** Runs the timers of the order that are due by the test's clock. */
    List<String> runDueTimers(String orderNumber) {
        List<String> run = new ArrayList<>();
        List<Job> due = managementService
                .createJobQuery()
                .processInstanceId(instance(orderNumber).getId())
                .timers()
                .executable()
                .list();
        for (Job job : due) {
            run.add(managementService
                    .createJobDefinitionQuery()
                    .jobDefinitionId(job.getJobDefinitionId())
                    .singleResult()
                    .getActivityId());
            managementService.executeJob(job.getId());
        }
        return run;
    }
}
