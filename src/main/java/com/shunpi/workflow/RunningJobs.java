package com.shunpi.workflow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ExceptionUtil;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * The jobs that this node's job executor is at. One that does not return, such as a loop in a decision table, would be taken again
 * whenever its lock ends, by one thread after the other on every node, until no reminder is sent any more. Here it keeps the one
 * thread that it has, of which another takes the place when the lock ends. After {@link #LIMIT} it is given up as one that has failed
 * too often: an incident in Cockpit says so, with the place where the thread is. Whatever the job does after that is rolled back.
 */
@Component
class RunningJobs {

    /** Jobs of ours take well below a second, a portion of the history's cleanup a few. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    /** Each holds a connection of the pool as well, of which people need most. */
    private static final int MOST_REPLACED = 5;

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String STUCK = "作业自 %s 起一直没有结束，不再重试；它仍占用节点的一个线程，堆栈是它所在的位置。排除原因并重启该节点后，可恢复重试次数。";
    private static final Logger LOG = LoggerFactory.getLogger(RunningJobs.class);

    private record Run(Thread thread, Instant since) {}

    private final ObjectProvider<ProcessEngine> engine;
    private final Clock clock;
    private final ObjectProvider<TaskExecutor> threads;
    private final JobExecutionProperty settings;
    private final Map<String, Run> running = new ConcurrentHashMap<>();

    /** @param threads the job executor's; none where it is switched off */
    RunningJobs(
            ObjectProvider<ProcessEngine> engine,
            Clock clock,
            @Qualifier("camundaTaskExecutor") ObjectProvider<TaskExecutor> threads,
            CamundaBpmProperties properties) {
        this.engine = engine;
        this.clock = clock;
        this.threads = threads;
        this.settings = properties.getJobExecution();
    }

    /** Does the work, unless this job is being worked on already: then its lock just ends once more. */
    void run(String job, Runnable work) {
        if (running.putIfAbsent(job, new Run(Thread.currentThread(), clock.instant())) != null) {
            LOG.warn("Job {} is still running on this node, and not begun a second time", job);
            return;
        }
        try {
            work.run();
        } finally {
            running.remove(job);
        }
    }

    /** Whatever takes longer than its lock is replaced, whatever takes longer than the limit is given up. */
    @Scheduled(fixedDelayString = "PT10S")
    void lookAfter() {
        int slow = longerThan(Duration.ofMillis(settings.getLockTimeInMillis())).size();
        threads.ifAvailable(pool -> resize((ThreadPoolTaskExecutor) pool, Math.min(slow, MOST_REPLACED)));
        longerThan(LIMIT).forEach(this::giveUp);
    }

    private Map<String, Run> longerThan(Duration time) {
        Instant latest = clock.instant().minus(time);
        Map<String, Run> such = new HashMap<>(running);
        such.values().removeIf(run -> run.since.isAfter(latest));
        return such;
    }

    private void resize(ThreadPoolTaskExecutor pool, int more) {
        int core = settings.getCorePoolSize() + more;
        int most = settings.getMaxPoolSize() + more;
        // never more at first than at most
        if (core > pool.getCorePoolSize()) {
            pool.setMaxPoolSize(most);
            pool.setCorePoolSize(core);
        } else {
            pool.setCorePoolSize(core);
            pool.setMaxPoolSize(most);
        }
    }

    private void giveUp(String id, Run run) {
        IllegalStateException hanging =
                new IllegalStateException(STUCK.formatted(TIME.format(run.since.atZone(SHANGHAI))));
        hanging.setStackTrace(run.thread.getStackTrace());
        var settings = (ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration();
        boolean given = settings.getCommandExecutorTxRequiresNew().execute(context -> giveUp(context, id, hanging));
        if (given) {
            LOG.error("Job {} does not return and is given up", id, hanging);
        }
    }

    private static boolean giveUp(CommandContext context, String id, Exception hanging) {
        JobEntity job = context.getJobManager().findJobById(id);
        if (job == null || job.getRetries() == 0) {
            return false;
        }
        job.setExceptionMessage(hanging.getMessage());
        job.setExceptionStacktrace(ExceptionUtil.getExceptionStacktrace(hanging));
        context.getHistoricJobLogManager().fireJobFailedEvent(job, hanging);
        job.setRetries(0);
        return true;
    }
}
