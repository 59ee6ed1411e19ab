package com.shunpi.verification;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** After the third mismatch the supervisor compares with the source and says who is right (V4); always with a reason. */
@Component("recordSupervision")
class RecordSupervisionListener implements TaskListener {

    private final VerificationService verifications;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordSupervisionListener(VerificationService verifications, CurrentActor actor, DecisionRecorder decisions) {
        this.verifications = verifications;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("agree", "mismatch");
        String comment = input.comment(decision);
        input.check();
        Verification verification = verifications.supervise(
                task.getExecution().getProcessBusinessKey(), actor.id(), decision.equals("agree"), comment);
        decisions.record(task, verification.documentNumber(), decision, comment, VerificationFacts.of(verification));
        CaseVariables.outcome(task, verification.outcome());
    }
}
