package com.shunpi.benchmark;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.slf4j.LoggerFactory;

/**
 * The engine alone with our diagrams {@code order-review} and {@code dual-verification}: delegates and listeners say which
 * way to go and nothing else, and every setting is the fastest one that keeps the full history.
 */
final class BareOrder implements Contender {

    private static final List<Step> STEPS =
            List.of(new Step("assistant1", "sales-assistant"), new Step("assistant2", "sales-assistant"));

    private ProcessEngine engine;
    private RuntimeService runtimeService;
    private TaskService taskService;

    @Override
    public void open(DataSource database) {
        // without Spring Boot it would write down every step
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(database);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setIdGenerator(new StrongUuidGenerator());
        // rows are found by the end of their case when they are to be cleaned up, and none is written for that
        configuration.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_NONE);
        configuration.setHistoryCleanupStrategy("endTimeBased");
        configuration.setAuthorizationEnabled(false);
        configuration.setTenantCheckEnabled(false);
        configuration.setMetricsEnabled(false);
        configuration.setTaskMetricsEnabled(false);
        configuration.setJobExecutorActivate(false);
        configuration.setCmmnEnabled(false);
        configuration.setDmnEnabled(false);
        configuration.setImplicitVariableUpdateDetectionEnabled(false);
        configuration.setBeans(beans());
        engine = configuration.buildProcessEngine();
        runtimeService = engine.getRuntimeService();
        taskService = engine.getTaskService();
        for (String process : List.of("order-review", "dual-verification")) {
            engine.getRepositoryService()
                    .createDeployment()
                    .addInputStream(process + ".bpmn", Models.ours(process))
                    .deploy();
        }
    }

    private static Map<Object, Object> beans() {
        Map<Object, Object> beans = new HashMap<>();
        for (String name :
                List.of("registerOrder", "recordReview", "showAmount", "recordVerification", "applyVerified")) {
            beans.put(name, new Says(null));
        }
        beans.put("checkCompleteness", new Says("complete"));
        beans.put("checkHolds", new Says("clear"));
        beans.put("beginVerification", new Says("sales"));
        beans.put("releaseOrder", new Says("released"));
        beans.put("openReleaseVerification", (ExecutionListener) execution ->
                execution.setVariable("verificationNumber", UUID.randomUUID().toString()));
        beans.put("orderDeadlines", new Tomorrow());
        return beans;
    }

    /** @param outcome the word that the next gateway reads; null where the person has said it */
    private record Says(String outcome) implements JavaDelegate, ExecutionListener, TaskListener {

        @Override
        public void execute(DelegateExecution execution) {
            notify(execution);
        }

        @Override
        public void notify(DelegateExecution execution) {
            if (outcome != null) {
                execution.setVariable("outcome", outcome);
            }
        }

        @Override
        public void notify(DelegateTask task) {}
    }

    /** Asked by the diagram's timers and due dates. */
    public static final class Tomorrow {

        public Date replyBy(DelegateExecution execution) {
            return Date.from(Instant.now().plus(Duration.ofDays(1)));
        }

        public Date replyReminderAt(DelegateExecution execution) {
            return replyBy(execution);
        }

        public Date shipBy(DelegateExecution execution) {
            return replyBy(execution);
        }
    }

    @Override
    public String start(int number) {
        String document = "SO-" + number;
        runtimeService.startProcessInstanceByKey("order-review", document, Contender.card(document));
        return document;
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
    public Map<String, Object> input(String started, int step) {
        return Map.of("outcome", step == 0 ? "approve" : "agree");
    }

    @Override
    public void login(Step step) {
        engine.getIdentityService().setAuthentication(step.user(), List.of(step.group()));
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
        engine.getIdentityService().clearAuthentication();
    }

    @Override
    public void close() {
        engine.close();
    }
}
