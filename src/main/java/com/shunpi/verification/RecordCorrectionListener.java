package com.shunpi.verification;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The preparer corrects what did not agree and presents it again, or withdraws it (V2). */
@Component("recordCorrection")
class RecordCorrectionListener implements TaskListener {

    private final VerificationService verifications;
    private final KeyedValues values;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordCorrectionListener(
            VerificationService verifications, KeyedValues values, CurrentActor actor, DecisionRecorder decisions) {
        this.verifications = verifications;
        this.values = values;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("resubmit", "withdraw");
        String comment = input.comment(decision, "resubmit");
        String fields = input.json(VerificationProcess.FIELDS);
        input.check();
        String number = task.getExecution().getProcessBusinessKey();
        Verification old = verifications.verification(number);
        Map<String, Object> facts = VerificationFacts.of(old);
        if (decision.equals("resubmit")) {
            // the case goes on under the number of the verification that is open now
            String next = verifications.correct(number, values.read(VerificationProcess.FIELDS, fields), actor.id());
            facts.put("verification", next);
            decisions.record(task, old.documentNumber(), decision, comment, facts);
            task.getExecution().setProcessBusinessKey(next);
        } else {
            verifications.withdraw(number);
            decisions.record(task, old.documentNumber(), decision, comment, facts);
        }
        CaseVariables.outcome(task, decision);
    }
}
