package com.shunpi.returns;

import com.shunpi.Login;
import com.shunpi.MutableClock;
import com.shunpi.masterdata.Grade;
import com.shunpi.order.OrderDesk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The people of the demo deal with returns; autowired by whoever makes one. */
class ReturnsDesk {

    /** A customer's order that was delivered and invoiced, at 100.00 per unit. */
    record Sold(String customer, String order, List<String> products) {}

    @Autowired
    Login login;

    @Autowired
    OrderDesk orders;

    @Autowired
    ReturnIntake intake;

    @Autowired
    ReturnService returns;

    @Autowired
    TaskService taskService;

    @Autowired
    RuntimeService runtimeService;

    @Autowired
    HistoryService historyService;

    @Autowired
    ManagementService managementService;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MutableClock clock;

    @Autowired
    JdbcClient jdbc;

    Sold sold(int... quantities) {
        Sold sold = delivered(quantities);
        orders.invoice(sold.order());
        return sold;
    }

    Sold delivered(int... quantities) {
        return delivered(Grade.B, quantities);
    }

    Sold delivered(Grade grade, int... quantities) {
        String customer = orders.customerOfAnyCredit(grade);
        Map<String, Integer> units = new LinkedHashMap<>();
        for (int quantity : quantities) {
            units.put(orders.product(quantity + 20), quantity);
        }
        return new Sold(customer, orders.delivered(customer, units), new ArrayList<>(units.keySet()));
    }

    /** Whose order it is. */
    String customerOf(String order) {
        return jdbc.sql("select customer_code from sales_order where order_number = ?")
                .param(order)
                .query(String.class)
                .single();
    }

    static ReturnDraft.Line line(int orderLine, int quantity, ReturnOutcome wanted) {
        return new ReturnDraft.Line(orderLine, quantity, wanted);
    }

    ReturnDraft draft(Sold sold, ReturnReason reason, ReturnDraft.Line... lines) {
        return new ReturnDraft(
                "test",
                OrderDesk.unique("R"),
                sold.order(),
                sold.customer(),
                reason,
                "通电后无输出",
                List.of(lines),
                List.of());
    }

    /** Applied for by rep1. */
    String apply(ReturnDraft draft) {
        return login.as("rep1", () -> intake.receive(draft, "rep1")).returnNumber();
    }

    String apply(Sold sold, ReturnReason reason, ReturnDraft.Line... lines) {
        return apply(draft(sold, reason, lines));
    }

    void answer(String number) {
        complete("assistant1", number, "userTask_answerCustomer", "decision", "accept");
    }

    /** A line of a solution, as JSON. */
    static String terms(String outcome, String more) {
        return "{\"outcome\":\"" + outcome + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    static String refund(String amount) {
        return terms("refund", "\"refundAmount\":\"" + amount + "\"");
    }

    static String exchange() {
        return terms("exchange", "");
    }

    static String repair() {
        return terms("repair", "");
    }

    static String advance() {
        return terms("exchange", "\"advance\":true");
    }

    static String solution(String... lines) {
        return "{\"text\":\"按约定办理\",\"goodsBorneBy\":\"company\",\"outwardBorneBy\":\"company\",\"backBorneBy\":\"carrier\","
                + "\"repairBorneBy\":\"none\",\"cause\":\"电源板虚焊\",\"responsible\":\"manufacturer\","
                + "\"correctiveAction\":\"来料加严检验\",\"lines\":[" + String.join(",", lines) + "]}";
    }

    /** Proposed by assistant1. */
    void propose(String number, String... lines) {
        complete("assistant1", number, "userTask_proposeSolution", "decision", "propose", "solution", solution(lines));
    }

    void approve(String user, String number) {
        complete(user, number, "userTask_approveReturn", "decision", "approve");
    }

    /** A return for a quality fault that the manager has agreed to. */
    String granted(Sold sold, ReturnDraft.Line[] lines, String... terms) {
        String number = apply(sold, ReturnReason.QUALITY, lines);
        answer(number);
        propose(number, terms);
        approve("manager", number);
        if (waiting(number).contains("userTask_approveReturn")) {
            approve("director", number);
        }
        return number;
    }

    void receive(String number, String... counts) {
        complete(
                "warehouse1",
                number,
                "userTask_receiveGoods",
                "decision",
                "received",
                "counts",
                "["
                        + String.join(
                                ",",
                                Arrays.stream(counts)
                                        .map(count -> "\"" + count + "\"")
                                        .toList()) + "]");
    }

    static String finding(String verdict, boolean repairable, int good) {
        return "{\"verdict\":\"" + verdict + "\",\"repairable\":" + repairable + ",\"good\":\"" + good + "\"}";
    }

    void appraise(String number, String... findings) {
        complete(
                "technical1",
                number,
                "userTask_appraiseGoods",
                "decision",
                "appraised",
                "findings",
                "[" + String.join(",", findings) + "]");
    }

    static String disposition(int restock, int scrap, int toRepair, int toManufacturer) {
        return "{\"restock\":\"" + restock + "\",\"scrap\":\"" + scrap + "\",\"toRepair\":\"" + toRepair
                + "\",\"toManufacturer\":\"" + toManufacturer + "\"}";
    }

    void dispose(String number, String... dispositions) {
        complete(
                "warehouse1",
                number,
                "userTask_disposeGoods",
                "decision",
                "disposed",
                "dispositions",
                "[" + String.join(",", dispositions) + "]");
    }

    void credit(String number) {
        credit(number, "CN-" + number);
    }

    void credit(String number, String note) {
        complete(
                "finance1",
                number,
                "userTask_prepareCreditNote",
                "decision",
                "credit",
                "creditNoteNumber",
                note,
                "refundAccount",
                "6222 0210 0111");
    }

    void verifyRefund(String user, String number, String amount) {
        complete(
                user,
                number,
                "userTask_verifyInvoice",
                "decision",
                "agree",
                "keyed",
                "{\"account\":\"622202100111\",\"amount\":\"" + amount + "\"}");
    }

    /** finance1 prepares the invoice for what left in advance. */
    void claim(String number, String invoice) {
        complete(
                "finance1",
                number,
                "userTask_invoiceClaim",
                "decision",
                "invoice",
                "invoiceNumber",
                invoice,
                "taxNumber",
                "91310000TEST0001X");
    }

    /** What the verifier keys of the one line that is claimed, sold at 100. */
    void verifyClaim(String user, String number, String quantity, String amount) {
        complete(
                user,
                number,
                "userTask_verifyInvoice",
                "decision",
                "agree",
                "keyed",
                "{\"lines[0].quantity\":\"" + quantity + "\",\"lines[0].unitPrice\":\"100.0000\",\"amount\":\"" + amount
                        + "\",\"taxNumber\":\"91310000TEST0001X\"}");
    }

    void close(String number) {
        complete("assistant1", number, "userTask_closeReturn", "decision", "close");
    }

    /** The open tasks of the case and of what it called under its own number. */
    List<String> waiting(String number) {
        return tasks(number).stream().map(Task::getTaskDefinitionKey).sorted().toList();
    }

    private List<Task> tasks(String number) {
        return taskService
                .createTaskQuery()
                .processVariableValueEquals("documentNumber", number)
                .list();
    }

    Task task(String number, String step) {
        List<Task> tasks = tasks(number).stream()
                .filter(task -> task.getTaskDefinitionKey().equals(step))
                .toList();
        if (tasks.size() != 1) {
            throw new AssertionError("expected one " + step + " of " + number + "; open are " + waiting(number));
        }
        return tasks.get(0);
    }

    void complete(String user, String number, String step, String... variables) {
        Map<String, Object> submitted = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            submitted.put(variables[i], variables[i + 1]);
        }
        String task = task(number, step).getId();
        login.run(user, () -> taskService.complete(task, submitted));
    }

    /** The role the open approval waits for. */
    String approver(String number) {
        return (String)
                taskService.getVariable(task(number, "userTask_approveReturn").getId(), ReturnsProcess.APPROVER_GROUP);
    }

    /** The return as it is stored, its lines loaded. */
    ReturnCase stored(String number) {
        return transaction.execute(status -> {
            ReturnCase returned = returns.returned(number);
            returned.lines().size();
            returned.approvals().size();
            returned.works().size();
            return returned;
        });
    }

    /** The order that the case sends goods with. */
    String shipment(String number) {
        return (String) historyService
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance(number))
                .variableName(ReturnsProcess.REPLACEMENT_NUMBER)
                .list()
                .stream()
                .map(variable -> (String) variable.getValue())
                .max(java.util.Comparator.naturalOrder())
                .orElseThrow();
    }

    String instance(String number) {
        return historyService
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(ReturnsProcess.KEY)
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
    }

    /** The activities the case has passed. */
    List<String> passed(String number) {
        return historyService
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance(number))
                .finished()
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .distinct()
                .toList();
    }

    boolean isEnded(String number) {
        return runtimeService
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(number, ReturnsProcess.KEY)
                        .count()
                == 0;
    }

    /** Runs the timers of the case that are due by the test's clock; answers which. */
    List<String> runDueTimers(String number) {
        List<String> run = new ArrayList<>();
        for (List<Job> due = dueTimers(number); !due.isEmpty(); due = dueTimers(number)) {
            // one may end what the next one waits for
            Job job = due.get(0);
            run.add(managementService
                    .createJobDefinitionQuery()
                    .jobDefinitionId(job.getJobDefinitionId())
                    .singleResult()
                    .getActivityId());
            managementService.executeJob(job.getId());
        }
        run.sort(null);
        return run;
    }

    private List<Job> dueTimers(String number) {
        return managementService
                .createJobQuery()
                .processInstanceId(instance(number))
                .timers()
                .executable()
                .orderByJobDuedate()
                .asc()
                .list();
    }
}
