package com.shunpi.collection;

import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.calendar.WorkingDays;
import com.shunpi.masterdata.Customer;
import com.shunpi.masterdata.Grade;
import com.shunpi.masterdata.MasterData;
import com.shunpi.masterdata.PaymentTerms;
import com.shunpi.order.OrderDesk;
import com.shunpi.receivables.Invoice;
import com.shunpi.receivables.OpenInvoice;
import com.shunpi.receivables.Payment;
import com.shunpi.receivables.Receivables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The people of the demo company collect: customers, invoices, days that pass, tasks, receipts. */
class CollectionDesk {

    private final Login login;
    private final MasterData masterData;
    private final Receivables receivables;
    private final CollectionService collection;
    private final TaskService taskService;
    private final HistoryService historyService;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    CollectionDesk(
            Login login,
            MasterData masterData,
            Receivables receivables,
            CollectionService collection,
            TaskService taskService,
            HistoryService historyService,
            JdbcClient jdbc,
            MutableClock clock) {
        this.login = login;
        this.masterData = masterData;
        this.receivables = receivables;
        this.collection = collection;
        this.taskService = taskService;
        this.historyService = historyService;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** On credit, with rep1. */
    String customer() {
        String code = OrderDesk.unique("CC");
        masterData.saveCustomers(List.of(new Customer.Facts(
                code,
                "客户 " + code,
                Grade.B,
                new BigDecimal("1.0000"),
                PaymentTerms.CREDIT,
                new BigDecimal("1000000.00"),
                30,
                "李四",
                "021-5550188",
                code.toLowerCase() + "@example.com",
                "上海市测试路 8 号",
                "rep1",
                "华东",
                null)));
        return code;
    }

    String invoice(String customer, String amount, LocalDate due) {
        String number = OrderDesk.unique("CI");
        receivables.issue(new Invoice.Facts(
                number, customer, null, due.minusDays(30), due, new BigDecimal(amount), BigDecimal.ZERO, false));
        return number;
    }

    /** It is nine o'clock on that day. */
    void on(LocalDate day) {
        clock.set(day.atTime(LocalTime.of(9, 0)).atZone(WorkingDays.ZONE).toInstant());
    }

    /** That day's run for one customer, at nine. */
    int run(String customer, LocalDate day) {
        on(day);
        return collection.act(customer, day);
    }

    String open(String customer) {
        return collection.openCase(customer).map(CollectionCase::caseNumber).orElse(null);
    }

    void pay(String customer, String invoice, String amount) {
        login.run(
                "finance1",
                () -> receivables.record(
                        new Payment.Facts(
                                OrderDesk.unique("CB"),
                                customer,
                                invoice,
                                null,
                                new BigDecimal(amount),
                                collection.today(),
                                "客户",
                                "工行"),
                        "finance1"));
    }

    BigDecimal owed(String customer) {
        return receivables.openInvoices(customer).stream()
                .map(OpenInvoice::open)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    List<Task> tasks(String caseNumber) {
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .orderByTaskCreateTime()
                .asc()
                .list();
    }

    List<String> steps(String caseNumber) {
        return tasks(caseNumber).stream()
                .map(Task::getTaskDefinitionKey)
                .sorted()
                .toList();
    }

    void complete(String user, String caseNumber, String step, String... variables) {
        String task = tasks(caseNumber).stream()
                .filter(open -> open.getTaskDefinitionKey().equals(step))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + step + ": " + steps(caseNumber)))
                .getId();
        Map<String, Object> submitted = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            submitted.put(variables[i], variables[i + 1]);
        }
        login.run(user, () -> taskService.complete(task, submitted));
    }

    /** The elements that the case passed and left. */
    List<String> passed(String caseNumber) {
        return historyService
                .createHistoricActivityInstanceQuery()
                .processInstanceId(historyService
                        .createHistoricProcessInstanceQuery()
                        .processInstanceBusinessKey(caseNumber)
                        .singleResult()
                        .getId())
                .finished()
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .toList();
    }

    boolean isEnded(String caseNumber) {
        return historyService
                        .createHistoricProcessInstanceQuery()
                        .processInstanceBusinessKey(caseNumber)
                        .singleResult()
                        .getEndTime()
                != null;
    }

    /** {@code stage:letter:step} per action of an invoice, oldest first. */
    List<String> actions(String invoice) {
        return jdbc.sql("select stage, letter, step from collection_action where invoice_number = ? order by stage")
                .param(invoice)
                .query((row, n) -> row.getInt(1) + ":" + row.getString(2) + ":" + row.getString(3))
                .list();
    }

    /** {@code template recipient} of the mails whose event begins so. */
    List<String> mails(String event) {
        return jdbc.sql("select template, recipient from mail_outbox where left(event, ?) = ? order by id")
                .param(event.length())
                .param(event)
                .query((row, n) -> row.getString(1) + " " + row.getString(2))
                .list();
    }
}
