package com.shunpi.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.Login;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

/** The hands that verify papers in a test: contracts above all, which nothing else in the house keeps. */
@TestComponent
public class VerificationDesk {

    static final Map<String, String> CONTRACT =
            Map.of("customer", "华东电子", "subject", "年度供货", "amount", "88000.00", "account", "6222 0210 0111");

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final Login login;
    private final VerificationActions actions;
    private final VerificationService verifications;
    private final TaskService taskService;
    private final HistoryService historyService;
    private final TransactionTemplate transaction;

    VerificationDesk(
            Login login,
            VerificationActions actions,
            VerificationService verifications,
            TaskService taskService,
            HistoryService historyService,
            TransactionTemplate transaction) {
        this.login = login;
        this.actions = actions;
        this.verifications = verifications;
        this.taskService = taskService;
        this.historyService = historyService;
        this.transaction = transaction;
    }

    static String paper() {
        return "HT-" + SERIAL.incrementAndGet() + "-" + Long.toString(System.nanoTime(), 36);
    }

    /** A contract that assistant1 wants verified; its number as a paper. */
    String contract() {
        String paper = paper();
        request("assistant1", paper, CONTRACT);
        return paper;
    }

    String request(String user, String paper, Map<String, String> values) {
        return login.as(user, () -> actions.request("contract", paper, values));
    }

    static String json(Map<String, String> values) {
        try {
            return new ObjectMapper().writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    /** Completes the one open task of that kind for the document. */
    public void complete(String user, String document, String step, String... variables) {
        Map<String, Object> submitted = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            submitted.put(variables[i], variables[i + 1]);
        }
        String task = task(document, step).getId();
        login.run(user, () -> taskService.complete(task, submitted));
    }

    void agree(String user, String document, Map<String, String> keyed) {
        complete(user, document, "userTask_verifyDocument", "decision", "agree", "keyed", json(keyed));
    }

    public Task task(String document, String step) {
        List<Task> tasks = open(document).stream()
                .filter(task -> task.getTaskDefinitionKey().equals(step))
                .toList();
        if (tasks.size() != 1) {
            throw new AssertionError("expected one " + step + " of " + document + "; open are " + steps(document));
        }
        return tasks.get(0);
    }

    List<String> steps(String document) {
        return open(document).stream().map(Task::getTaskDefinitionKey).sorted().toList();
    }

    private List<Task> open(String document) {
        return taskService
                .createTaskQuery()
                .processVariableValueEquals("documentNumber", document)
                .list();
    }

    /** The newest verification of a document. */
    public String numberOf(DocumentType type, String document) {
        return transaction.execute(status -> verifications.of(document).stream()
                .filter(verification -> verification.documentType() == type)
                .map(Verification::verificationNumber)
                .max(java.util.Comparator.naturalOrder())
                .orElseThrow());
    }

    /** The verification as it is stored, its values and parties loaded. */
    Verification verification(String number) {
        return transaction.execute(status -> {
            Verification verification = verifications.verification(number);
            verification.values().size();
            verification.parties().size();
            return verification;
        });
    }

    /** The end events of the case with this number. */
    List<String> ends(String verificationNumber) {
        return historyService
                .createHistoricActivityInstanceQuery()
                .processInstanceId(historyService
                        .createHistoricProcessInstanceQuery()
                        .processInstanceBusinessKey(verificationNumber)
                        .singleResult()
                        .getId())
                .activityType("noneEndEvent")
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .toList();
    }
}
