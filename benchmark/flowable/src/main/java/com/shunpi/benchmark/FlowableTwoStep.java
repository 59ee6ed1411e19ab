package com.shunpi.benchmark;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.identity.Authentication;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.TaskService;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.delegate.TaskListener;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Flowable with Spring's transactions and the full history; all else as it comes, its job executor off. */
final class FlowableTwoStep implements Contender {

    private ProcessEngine engine;
    private RuntimeService runtimeService;
    private TaskService taskService;

    @Override
    public void open(DataSource database) {
        GenericApplicationContext beans = new GenericApplicationContext();
        beans.registerBean("nothing", JavaDelegate.class, () -> execution -> {});
        beans.registerBean("recordDecision", TaskListener.class, () -> task -> {});
        beans.refresh();
        SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
        configuration.setApplicationContext(beans);
        configuration.setDataSource(database);
        configuration.setTransactionManager(new DataSourceTransactionManager(database));
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistoryLevel(HistoryLevel.FULL);
        engine = configuration.buildProcessEngine();
        runtimeService = engine.getRuntimeService();
        taskService = engine.getTaskService();
        engine.getRepositoryService()
                .createDeployment()
                .addInputStream("two-step.bpmn", Models.twoStep())
                .deploy();
    }

    @Override
    public String start(int number) {
        String document = "TS-" + number;
        return runtimeService
                .startProcessInstanceByKey("two-step", document, Contender.card(document))
                .getId();
    }

    @Override
    public List<Step> steps() {
        return TWO_STEPS;
    }

    @Override
    public String taskQuery() {
        return TASK_OF_INSTANCE;
    }

    @Override
    public Map<String, Object> input(String started, int step) {
        return Map.of("outcome", "approve", "comment", "同意");
    }

    @Override
    public void login(Step step) {
        Authentication.setAuthenticatedUserId(step.user());
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
        Authentication.setAuthenticatedUserId(null);
    }

    @Override
    public void close() {
        engine.close();
    }
}
