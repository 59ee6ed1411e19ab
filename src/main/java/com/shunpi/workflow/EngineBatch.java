package com.shunpi.workflow;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/** Does many things in the engine as one: what they write leaves in one batch per table, at their end. */
@Component
public class EngineBatch {

    private final ProcessEngine engine;
    private final EngineAccess access;

    EngineBatch(ProcessEngine engine, EngineAccess access) {
        this.engine = engine;
        this.access = access;
    }

    /**
     * Runs the work, as {@link EngineAccess#asSystem}. Until it ends the engine's queries do not see what it wrote. All of it
     * is kept or none: an error of any part is an error of the whole.
     */
    public void run(Runnable work) {
        var settings = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        access.asSystem(() -> {
            settings.getCommandExecutorTxRequired().execute(context -> {
                work.run();
                return null;
            });
        });
    }
}
