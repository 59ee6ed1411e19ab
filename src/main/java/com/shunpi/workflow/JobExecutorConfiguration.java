package com.shunpi.workflow;

import java.util.List;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;

/** The starter's job executor, which knows what it is at ({@link RunningJobs}). */
@Configuration(proxyBeanMethods = false)
class JobExecutorConfiguration {

    /** @param threads the starter's own */
    @Bean
    @ConditionalOnBooleanProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
    static JobExecutor jobExecutor(
            @Qualifier("camundaTaskExecutor") TaskExecutor threads, CamundaBpmProperties engine, RunningJobs running) {
        JobExecutionProperty settings = engine.getJobExecution();
        SpringJobExecutor executor = new SpringJobExecutor() {

            @Override
            public Runnable getExecuteJobsRunnable(List<String> jobs, ProcessEngineImpl processEngine) {
                return new ExecuteJobsRunnable(jobs, processEngine) {

                    @Override
                    protected void executeJob(String job, CommandExecutor commands, JobFailureCollector failures) {
                        running.run(job, () -> super.executeJob(job, commands, failures));
                    }
                };
            }
        };
        executor.setTaskExecutor(threads);
        executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
        executor.setLockTimeInMillis(settings.getLockTimeInMillis());
        executor.setWaitTimeInMillis(settings.getWaitTimeInMillis());
        executor.setMaxWait(settings.getMaxWait());
        executor.setBackoffTimeInMillis(settings.getBackoffTimeInMillis());
        executor.setMaxBackoff(settings.getMaxBackoff());
        executor.setMaxJobsPerAcquisition(settings.getMaxJobsPerAcquisition());
        return executor;
    }
}
