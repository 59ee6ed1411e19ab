package com.shunpi.verification;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Another person found the document right, or not (R7, V1). */
@Component("recordVerification")
class RecordVerificationListener implements TaskListener {

    private final VerificationService verifications;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordVerificationListener(VerificationService verifications, CurrentActor actor, DecisionRecorder decisions) {
        this.verifications = verifications;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("agree", "mismatch");
        String comment = input.comment(decision, "agree");
        input.check();
        Verification verification = verifications.decide(
                task.getExecution().getProcessBusinessKey(), actor.id(), decision.equals("agree"), comment);
        decisions.record(
                task,
                verification.documentNumber(),
                decision,
                comment,
                Map.of(
                        "documentType", verification.documentType().label(),
                        "preparedBy", verification.preparedBy(),
                        "fingerprint", verification.fingerprint()));
        CaseVariables.outcome(task, decision);
    }
}
