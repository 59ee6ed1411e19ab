package com.shunpi.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.HttpUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.stereotype.Component;

/** The process {@code guarded}: one decision, one shipment, one message, for tests of what surrounds a process. */
@Component
class GuardedProcess {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicInteger numbers = new AtomicInteger();
    private final RepositoryService repositoryService;
    private final RuntimeService runtimeService;
    private final TaskService taskService;
    private final AuthorizationSeed authorizationSeed;

    GuardedProcess(
            RepositoryService repositoryService,
            RuntimeService runtimeService,
            TaskService taskService,
            AuthorizationSeed authorizationSeed) {
        this.repositoryService = repositoryService;
        this.runtimeService = runtimeService;
        this.taskService = taskService;
        this.authorizationSeed = authorizationSeed;
    }

    void deploy() {
        repositoryService
                .createDeployment()
                .name("guarded")
                .addClasspathResource("models/guarded.bpmn")
                .deploy();
        authorizationSeed.seed();
    }

    void remove() {
        repositoryService
                .createDeploymentQuery()
                .deploymentName("guarded")
                .list()
                .forEach(deployment -> repositoryService.deleteDeployment(deployment.getId(), true));
    }

    /** @return the id of the first task */
    String start() {
        String number = "GU-" + numbers.incrementAndGet();
        Map<String, Object> card = Map.of(
                "documentNumber", number, "customerName", "客户", "amount", "1.00", "urgent", false, "priority", 50);
        return taskOf(runtimeService
                .startProcessInstanceByKey("guarded", number, card)
                .getId());
    }

    String taskOf(String instance) {
        return taskService
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    String instanceOf(String task) {
        return taskService.createTaskQuery().taskId(task).singleResult().getProcessInstanceId();
    }

    /** @return the id of the shipping task */
    String shipping() {
        String task = start();
        String instance = instanceOf(task);
        runtimeService
                .createProcessInstanceModification(instance)
                .cancelAllForActivity("userTask_review")
                .startBeforeActivity("userTask_ship")
                .execute();
        return taskOf(instance);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int count(HttpUser user, String path) {
        return json(user.get(path).body()).get("count").asInt();
    }
}
