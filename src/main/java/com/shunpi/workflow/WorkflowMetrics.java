package com.shunpi.workflow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.stereotype.Component;

/** What this node counts by itself, since its start: how long people took, who was not let in, whether it runs jobs. */
@Component
class WorkflowMetrics {

    /** Of a decision: what an office can tell apart. Each is a time series per step. */
    private static final Duration[] LIMITS = {
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofHours(2),
        Duration.ofHours(8),
        Duration.ofHours(24),
        Duration.ofHours(72),
        Duration.ofHours(168)
    };

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, Timer> decisions = new ConcurrentHashMap<>();
    private final Counter wrongPasswords;
    private final Counter companyRefusals;

    WorkflowMetrics(MeterRegistry meters, Clock clock, ProcessEngine engine) {
        this.meters = meters;
        this.clock = clock;
        wrongPasswords = refusals("password");
        companyRefusals = refusals("company");
        Gauge.builder("shunpi.job.executor.active", engine, WorkflowMetrics::runsJobs)
                .description("1 while this node runs the engine's jobs, 0 otherwise")
                .register(meters);
    }

    private Counter refusals(String login) {
        return Counter.builder("shunpi.login.failures")
                .description("Logins that were refused, by the way they were tried")
                .tag("login", login)
                .register(meters);
    }

    private static int runsJobs(ProcessEngine engine) {
        var jobExecutor = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
        return jobExecutor.isActive() ? 1 : 0;
    }

    /** Also what a locked or frozen account meets, by the page and by Basic. */
    @EventListener
    void refused(AuthenticationFailureBadCredentialsEvent refused) {
        wrongPasswords.increment();
    }

    void companyRefused() {
        companyRefusals.increment();
    }

    /** A person has done a task: how long it was open, once the decision is kept. */
    void decided(DelegateTask task) {
        String process = ((TaskEntity) task).getProcessDefinition().getKey();
        String step = task.getTaskDefinitionKey();
        Duration open = Duration.between(task.getCreateTime().toInstant(), clock.instant());
        Context.getCommandContext()
                .getTransactionContext()
                .addTransactionListener(
                        TransactionState.COMMITTED,
                        context -> decisions(process, step).record(open));
    }

    private Timer decisions(String process, String step) {
        return decisions.computeIfAbsent(
                process + " " + step,
                both -> Timer.builder("shunpi.decision")
                        .description("From a task's creation to its completion, by step")
                        .tag("process", process)
                        .tag("step", step)
                        .serviceLevelObjectives(LIMITS)
                        .register(meters));
    }
}
