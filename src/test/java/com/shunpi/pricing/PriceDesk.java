package com.shunpi.pricing;

import com.shunpi.Login;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.masterdata.Product;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;

/** The people of the demo ask for prices and decide on them. */
class PriceDesk {

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final Login login;
    private final MasterData masterData;
    private final SpecialPriceActions actions;
    private final TaskService taskService;

    PriceDesk(Login login, MasterData masterData, SpecialPriceActions actions, TaskService taskService) {
        this.login = login;
        this.masterData = masterData;
        this.actions = actions;
        this.taskService = taskService;
    }

    static String unique(String prefix) {
        return prefix + SERIAL.incrementAndGet() + "-" + Long.toString(System.nanoTime(), 36);
    }

    /** A customer who pays the list price. */
    String customer(Grade grade) {
        String code = unique("PC");
        masterData.saveCustomers(List.of(new Customer.Facts(
                code,
                "客户 " + code,
                grade,
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
                null)));
        return code;
    }

    /** At 100.00, which cost 50.00. */
    String product() {
        return product("100.0000", "50.0000");
    }

    String product(String listPrice, String costPrice) {
        String code = unique("PP");
        masterData.saveProducts(List.of(new Product.Facts(
                code, "产品 " + code, "M1", new BigDecimal(listPrice), new BigDecimal(costPrice), 1000, false)));
        return code;
    }

    static SpecialPriceInput.LineInput line(String product, int quantity, String price) {
        return new SpecialPriceInput.LineInput(product, String.valueOf(quantity), price);
    }

    static SpecialPriceInput input(String customer, SpecialPriceInput.LineInput... lines) {
        return new SpecialPriceInput(
                customer, "竞争对手报价更低", "某品牌", "2026-11-23", "2026-12-31", "500", List.of(lines), null, null, null);
    }

    /** Sent by rep1. */
    String send(SpecialPriceInput input) {
        return login.as("rep1", () -> actions.send(input));
    }

    String send(String price) {
        return send(input(customer(Grade.B), line(product(), 10, price)));
    }

    List<Task> tasks(String number) {
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .orderByTaskCreateTime()
                .asc()
                .list();
    }

    /** The open tasks; approvals by the role they wait for. */
    List<String> waiting(String number) {
        List<String> waiting = new ArrayList<>();
        for (Task task : tasks(number)) {
            waiting.add(
                    task.getTaskDefinitionKey().equals("userTask_approvePrice")
                            ? role(task)
                            : task.getTaskDefinitionKey());
        }
        waiting.sort(null);
        return waiting;
    }

    String role(Task task) {
        return (String) taskService.getVariable(task.getId(), SpecialPriceProcess.APPROVER_GROUP);
    }

    Task task(String number, String step) {
        return tasks(number).stream()
                .filter(task -> task.getTaskDefinitionKey().equals(step) || step.equals(role(task)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + step + " of " + number + ": " + waiting(number)));
    }

    /** @param step an element id, or the role an approval waits for */
    void complete(String user, String number, String step, String... variables) {
        complete(user, task(number, step).getId(), variables);
    }

    void complete(String user, String task, String[] variables) {
        Map<String, Object> submitted = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            submitted.put(variables[i], variables[i + 1]);
        }
        login.run(user, () -> taskService.complete(task, submitted));
    }

    void approve(String user, String number, String role) {
        complete(user, number, role, "decision", "approve");
    }

    /** The demo's holder of a role. */
    static String holder(String role) {
        return switch (role) {
            case "sales-manager" -> "manager";
            case "sales-director" -> "director";
            case "general-manager" -> "gm";
            case "finance" -> "finance1";
            default -> throw new AssertionError(role);
        };
    }
}
