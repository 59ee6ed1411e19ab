package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.MutableClock;
import com.shunpi.ShunpiTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** A job that does not return: it keeps one thread, is said to be stuck, and keeps nobody else from working. */
@ShunpiTest
// should a second thread join it after all
@Timeout(60)
class RunningJobsTest {

    private static final String KEY = "endless";

    @Autowired
    private ObjectProvider<ProcessEngine> processEngine;

    @Autowired
    private CamundaBpmProperties properties;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private HistoryService history;

    @Autowired
    private EngineAccess engine;

    @Autowired
    private MutableClock clock;

    private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();

    private RunningJobs running;
    private String deployment;
    private String instance;
    private String job;
    private CompletableFuture<Void> stuck;

    @BeforeEach
    void begin() throws InterruptedException {
        deployment = repository
                .createDeployment()
                .addModelInstance(
                        KEY + ".bpmn",
                        Bpmn.createExecutableProcess(KEY)
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .serviceTask("loop")
                                .camundaAsyncBefore()
                                .camundaClass(Endless.class)
                                .endEvent()
                                .done())
                .deploy()
                .getId();
        Endless.begin();
        var beans = new DefaultListableBeanFactory();
        beans.registerSingleton("threads", threads);
        threads.initialize();
        running = new RunningJobs(processEngine, clock, beans.getBeanProvider(TaskExecutor.class), properties);
        instance = start();
        job = job(instance).getId();
        stuck = CompletableFuture.runAsync(() -> running.run(job, () -> management.executeJob(job)));
        assertThat(Endless.inside.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void tidyUp() {
        Endless.end.countDown();
        stuck.exceptionally(failed -> null).join();
        repository.deleteDeployment(deployment, true);
        threads.shutdown();
    }

    @Test
    void aSecondThreadDoesNotJoinIt() {
        running.run(job, () -> management.executeJob(job));
        assertThat(Endless.times).hasValue(1);
    }

    @Test
    void whatTakesItsTimeIsLeftAlone() {
        clock.advance(RunningJobs.LIMIT.minusSeconds(1));
        running.lookAfter();
        assertThat(job(instance).getRetries()).isPositive();
    }

    @Test
    void itIsGivenUpWithThePlaceWhereItIs() {
        giveUp();
        Job failed = job(instance);
        assertThat(failed.getRetries()).isZero();
        assertThat(failed.getExceptionMessage()).contains("没有结束，不再重试");
        assertThat(management.getJobExceptionStacktrace(job)).contains(Endless.class.getName());
        assertThat(runtime.createIncidentQuery().processInstanceId(instance).singleResult())
                .satisfies(incident -> {
                    assertThat(incident.getActivityId()).isEqualTo("loop");
                    assertThat(incident.getIncidentMessage()).contains("重启该节点");
                });
        assertThat(history.createHistoricJobLogQuery().jobId(job).failureLog().count())
                .isEqualTo(1);

        // once is enough
        running.lookAfter();
        assertThat(history.createHistoricJobLogQuery().jobId(job).failureLog().count())
                .isEqualTo(1);
    }

    @Test
    void othersGoOnMeanwhile() {
        giveUp();
        Endless.end.countDown();
        String other = start();
        String next = job(other).getId();
        running.run(next, () -> management.executeJob(next));
        assertThat(isOpen(other)).isFalse();
    }

    @Test
    void aThreadTakesThePlaceOfItsOwnWhenItsLockEnds() {
        JobExecutionProperty usual = properties.getJobExecution();
        Duration lock = Duration.ofMillis(usual.getLockTimeInMillis());
        clock.advance(lock.minusSeconds(1));
        running.lookAfter();
        assertThat(threads.getCorePoolSize()).isEqualTo(usual.getCorePoolSize());
        assertThat(threads.getMaxPoolSize()).isEqualTo(usual.getMaxPoolSize());

        clock.advance(Duration.ofSeconds(1));
        running.lookAfter();
        assertThat(threads.getCorePoolSize()).isEqualTo(usual.getCorePoolSize() + 1);
        assertThat(threads.getMaxPoolSize()).isEqualTo(usual.getMaxPoolSize() + 1);

        Endless.end.countDown();
        stuck.exceptionally(failed -> null).join();
        running.lookAfter();
        assertThat(threads.getCorePoolSize()).isEqualTo(usual.getCorePoolSize());
        assertThat(threads.getMaxPoolSize()).isEqualTo(usual.getMaxPoolSize());
    }

    @Test
    void whatItDoesAfterwardsDoesNotCount() {
        giveUp();
        Endless.end.countDown();
        assertThatThrownBy(stuck::join).hasRootCauseInstanceOf(OptimisticLockingException.class);
        assertThat(isOpen(instance)).isTrue();
        assertThat(job(instance).getRetries()).isZero();
    }

    @Test
    void onceItIsRepairedItCanBeTriedAgain() {
        giveUp();
        Endless.end.countDown();
        stuck.exceptionally(failed -> null).join();
        engine.asSystem(() -> management.setJobRetries(job, 1));
        assertThat(runtime.createIncidentQuery().processInstanceId(instance).count())
                .isZero();
        running.run(job, () -> management.executeJob(job));
        assertThat(isOpen(instance)).isFalse();
    }

    private void giveUp() {
        clock.advance(RunningJobs.LIMIT);
        running.lookAfter();
    }

    private String start() {
        return engine.asSystem(() -> runtime.startProcessInstanceByKey(KEY)).getId();
    }

    private Job job(String of) {
        return management.createJobQuery().processInstanceId(of).singleResult();
    }

    private boolean isOpen(String which) {
        return runtime.createProcessInstanceQuery().processInstanceId(which).count() > 0;
    }

    /** Ends when the test says so. */
    public static class Endless implements JavaDelegate {

        private static CountDownLatch inside;
        private static CountDownLatch end;
        private static AtomicInteger times;

        static void begin() {
            inside = new CountDownLatch(1);
            end = new CountDownLatch(1);
            times = new AtomicInteger();
        }

        @Override
        public void execute(DelegateExecution execution) throws InterruptedException {
            times.incrementAndGet();
            inside.countDown();
            end.await();
        }
    }
}
