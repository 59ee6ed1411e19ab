package com.shunpi.workflow;

import com.shunpi.decision.Decision;
import com.shunpi.decision.DecisionLog;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** Writes a decision into the book (A1) with the login's user, the step, and the version of the diagram it was taken in. */
@Component
public class DecisionRecorder {

    private final DecisionLog log;
    private final CurrentActor actor;
    private final Clock clock;

    DecisionRecorder(DecisionLog log, CurrentActor actor, Clock clock) {
        this.log = log;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * A decision taken with a task.
     *
     * @param documentNumber the document the case is about
     * @param facts the values it was taken on, amounts as text
     */
    public void record(DelegateTask task, String documentNumber, String choice, String comment, Map<String, ?> facts) {
        ProcessDefinition definition = task.getProcessEngineServices()
                .getRepositoryService()
                .getProcessDefinition(task.getProcessDefinitionId());
        log.append(new Decision(
                task.getExecution().getProcessBusinessKey(),
                documentNumber,
                definition.getKey(),
                definition.getVersion() + " (" + definition.getVersionTag() + ")",
                task.getTaskDefinitionKey(),
                task.getName(),
                actor.id(),
                null,
                choice,
                comment,
                facts,
                Instant.now(clock)));
    }

    /** A decision taken outside a task, by a call of the API, about the case's own document. */
    public void record(
            String caseNumber,
            String process,
            String step,
            String stepName,
            String choice,
            String comment,
            Map<String, ?> facts) {
        record(caseNumber, caseNumber, process, step, stepName, choice, comment, facts);
    }

    /** A decision taken outside a task, about the document of another case. */
    public void record(
            String caseNumber,
            String documentNumber,
            String process,
            String step,
            String stepName,
            String choice,
            String comment,
            Map<String, ?> facts) {
        log.append(new Decision(
                caseNumber,
                documentNumber,
                process,
                null,
                step,
                stepName,
                actor.id(),
                null,
                choice,
                comment,
                facts,
                Instant.now(clock)));
    }
}
