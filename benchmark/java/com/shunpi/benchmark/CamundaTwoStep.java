package com.shunpi.benchmark;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** Camunda as it comes: its Spring Boot starter with nothing set. Operaton's contender is this one, line by line. */
final class CamundaTwoStep implements Contender {

    private ConfigurableApplicationContext application;
    private IdentityService identityService;
    private RuntimeService runtimeService;
    private TaskService taskService;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        CamundaBpmAutoConfiguration.class
    })
    static class Plain {

        @Bean
        JavaDelegate nothing() {
            return execution -> {};
        }

        @Bean
        TaskListener recordDecision() {
            return task -> {};
        }
    }

    @Override
    public void open(DataSource database) {
        SpringApplication spring = new SpringApplication(Plain.class);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.addInitializers(context ->
                ((GenericApplicationContext) context).registerBean("dataSource", DataSource.class, () -> database));
        // our application.yaml is on the class path, and so are our diagrams
        application = spring.run("--spring.config.name=plain", "--camunda.bpm.auto-deployment-enabled=false");
        identityService = application.getBean(IdentityService.class);
        runtimeService = application.getBean(RuntimeService.class);
        taskService = application.getBean(TaskService.class);
        application
                .getBean(RepositoryService.class)
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
        identityService.setAuthentication(step.user(), List.of(step.group()));
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
        identityService.clearAuthentication();
    }

    @Override
    public void close() {
        application.close();
    }
}
