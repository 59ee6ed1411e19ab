package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.ShunpiTest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two change a case at once: to the second one the engine says that somebody was faster, for
 * which a job is tried again and a person hears 409. Whatever way the engine's changes go to the database, and whatever else was among them.
 */
@ShunpiTest
class ConcurrentChangesTest {

    private static final String KEY = "at-once";

    @Autowired
    private ProcessEngine processEngine;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private EngineAccess engine;

    private String deployment;
    private String instance;
    private String task;

    @BeforeEach
    void begin() {
        deployment = repository
                .createDeployment()
                .addModelInstance(
                        KEY + ".bpmn",
                        Bpmn.createExecutableProcess(KEY)
                                .camundaHistoryTimeToLiveString("P1D")
                                .startEvent()
                                .userTask("wait")
                                .camundaCandidateGroups("sales-assistant")
                                .endEvent()
                                .done())
                .deploy()
                .getId();
        instance = engine.asSystem(
                        () -> runtime.startProcessInstanceByKey(KEY, Map.<String, Object>of("note", "before")))
                .getId();
        task = engine.asSystem(() ->
                        tasks.createTaskQuery().processInstanceId(instance).singleResult())
                .getId();
    }

    @AfterEach
    void tidyUp() {
        repository.deleteDeployment(deployment, true);
    }

    @Test
    void whatIsAddedToACaseThatIsGone() {
        assertThatExceptionOfType(OptimisticLockingException.class)
                .isThrownBy(() -> command(context -> {
                    var execution = context.getExecutionManager().findExecutionById(instance);
                    meanwhile(() -> runtime.deleteProcessInstance(instance, "gone"));
                    execution.setVariable("other", "too late");
                }));
        assertThat(engine.asSystem(() -> runtime.createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count()))
                .isZero();
    }

    @Test
    void aTaskThatSomebodyElseHasTaken() {
        assertThatExceptionOfType(OptimisticLockingException.class)
                .isThrownBy(() -> command(context -> {
                    var taken = context.getTaskManager().findTaskById(task);
                    meanwhile(() -> tasks.setAssignee(task, "assistant2"));
                    // is written before the task, and must not stay
                    context.getExecutionManager().findExecutionById(instance).setVariable("other", "not kept");
                    taken.setAssignee("assistant1");
                }));
        assertThat(engine.asSystem(() -> tasks.createTaskQuery().taskId(task).singleResult())
                        .getAssignee())
                .isEqualTo("assistant2");
        assertThat(engine.asSystem(() -> runtime.getVariables(instance))).containsOnlyKeys("note");
    }

    @Test
    void aVariableThatSomebodyElseHasSet() {
        assertThatExceptionOfType(OptimisticLockingException.class)
                .isThrownBy(() -> command(context -> {
                    var execution = context.getExecutionManager().findExecutionById(instance);
                    execution.getVariable("note");
                    meanwhile(() -> runtime.setVariable(instance, "note", "first"));
                    execution.setVariable("note", "second");
                }));
        assertThat(engine.asSystem(() -> runtime.getVariable(instance, "note"))).isEqualTo("first");
    }

    @Test
    void whatTheDatabaseRefusesForAnotherReasonIsAFault() {
        assertThatThrownBy(() -> command(context -> context.getExecutionManager()
                        .findExecutionById(instance)
                        .setVariable("other", "x".repeat(5000))))
                .isInstanceOf(ProcessEngineException.class)
                .isNotInstanceOf(OptimisticLockingException.class);
        assertThat(engine.asSystem(() -> runtime.getVariables(instance))).containsOnlyKeys("note");
    }

    private static void assertThatSomebodyWasFaster(ThrowingCallable change) {
        assertThatExceptionOfType(OptimisticLockingException.class).isThrownBy(change);
    }

    /** As a job does it, in nobody's name. */
    private void command(Consumer<CommandContext> work) {
        var settings = (ProcessEngineConfigurationImpl) processEngine.getProcessEngineConfiguration();
        engine.asSystem(() -> settings.getCommandExecutorTxRequired().execute(context -> {
            work.accept(context);
            return null;
        }));
    }

    /** Somebody else does this and is done, on a connection of his own. */
    private void meanwhile(Runnable work) {
        CompletableFuture.runAsync(() -> engine.asSystem(work)).join();
    }
}
