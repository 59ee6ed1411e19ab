package com.shunpi.workflow;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.SyncTaskExecutor;

/** Whatever the job executor takes goes through {@link RunningJobs}. */
class JobExecutorConfigurationTest {

    @Test
    void everyJobIsKnownToBeRunning() {
        CamundaBpmProperties properties = new CamundaBpmProperties();
        JobExecutionProperty settings = properties.getJobExecution();
        settings.setLockTimeInMillis(1000);
        settings.setWaitTimeInMillis(1000);
        settings.setMaxWait(1000L);
        settings.setBackoffTimeInMillis(50);
        settings.setMaxBackoff(1000L);
        settings.setMaxJobsPerAcquisition(3);
        RunningJobs running = mock(RunningJobs.class);
        JobExecutor executor = JobExecutorConfiguration.jobExecutor(new SyncTaskExecutor(), properties, running);
        JobExecutor active = mock(JobExecutor.class);
        when(active.isActive()).thenReturn(true);
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJobExecutor(active);
        ProcessEngineImpl engine = mock(ProcessEngineImpl.class);
        when(engine.getProcessEngineConfiguration()).thenReturn(configuration);

        executor.executeJobs(List.of("7", "8"), engine);

        verify(running).run(eq("7"), any());
        verify(running).run(eq("8"), any());
    }
}
