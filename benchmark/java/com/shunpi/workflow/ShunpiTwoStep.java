package com.shunpi.workflow;

import com.shunpi.benchmark.Contender;
import com.shunpi.benchmark.Shunpi;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The engine as we configure it, in the whole application: authorization, guards, the queue's table. Decision and comment go
 * into the decision record, as in every process of ours, where the other engines keep them as variables.
 */
final class ShunpiTwoStep implements Contender {

    private ConfigurableApplicationContext application;
    private IdentityService identityService;
    private RuntimeService runtimeService;
    private TaskService taskService;
    private EngineAccess engine;

    static final class Nothing implements JavaDelegate {

        @Override
        public void execute(DelegateExecution execution) {}
    }

    /** As {@code RecordReviewListener} and its like do it. */
    static final class RecordDecision implements TaskListener {

        private final DecisionRecorder decisions;

        RecordDecision(DecisionRecorder decisions) {
            this.decisions = decisions;
        }

        @Override
        public void notify(DelegateTask task) {
            TaskInput input = TaskInput.of(task);
            String decision = input.decision("approve", "reject");
            String comment = input.comment(decision, "approve");
            input.check();
            decisions.record(task, task.getExecution().getProcessBusinessKey(), decision, comment, Map.of());
            CaseVariables.outcome(task, decision);
        }
    }

    @Override
    public void open(DataSource database) {
        application = Shunpi.start(database, Map.of("nothing", Nothing.class, "recordDecision", RecordDecision.class));
        identityService = application.getBean(IdentityService.class);
        runtimeService = application.getBean(RuntimeService.class);
        taskService = application.getBean(TaskService.class);
        engine = application.getBean(EngineAccess.class);
        application
                .getBean(RepositoryService.class)
                .createDeployment()
                .addInputStream("two-step.bpmn", Shunpi.twoStep())
                .deploy();
        application.getBean(AuthorizationSeed.class).seed();
    }

    /** As a service of ours starts a case, on behalf of whoever is logged in. */
    @Override
    public String start(int number) {
        String document = "TS-" + number;
        return engine.asSystem(
                        () -> runtimeService.startProcessInstanceByKey("two-step", document, Contender.card(document)))
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
        return Map.of("decision", "approve", "comment", "同意");
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
