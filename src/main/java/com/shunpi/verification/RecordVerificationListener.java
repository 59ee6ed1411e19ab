package com.shunpi.verification;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Another person found the document right, or not (R7, V1); what he keyed counts before what he says (V2). */
@Component("recordVerification")
class RecordVerificationListener implements TaskListener {

    private final VerificationService verifications;
    private final KeyedValues values;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordVerificationListener(
            VerificationService verifications, KeyedValues values, CurrentActor actor, DecisionRecorder decisions) {
        this.verifications = verifications;
        this.values = values;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        TaskInput input = TaskInput.of(task);
        String said = input.decision("agree", "mismatch");
        String comment = input.comment(said, "agree");
        String keyed = input.json(VerificationProcess.KEYED);
        input.check();
        Verification verification = verifications.decide(
                task.getExecution().getProcessBusinessKey(),
                actor.id(),
                said.equals("agree"),
                comment,
                values.read(VerificationProcess.KEYED, keyed));
        boolean agreed = verification.status() == Verification.Status.AGREED;
        Map<String, Object> facts = VerificationFacts.of(verification);
        facts.put("said", said);
        decisions.record(task, verification.documentNumber(), agreed ? "agree" : "mismatch", comment, facts);
        CaseVariables.outcome(task, verification.outcome());
    }
}
