package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The warehouse sent goods back that are not taken (T2, T6). */
@Component("recordSendBack")
class RecordSendBackListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final DecisionRecorder decisions;

    RecordSendBackListener(ReturnService returns, ReturnFacts facts, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("sent");
        String comment = input.comment(decision, "sent");
        String waybill = input.text("waybill", "运单号", 100);
        input.check();
        Map<String, Object> seen = facts.of(number);
        seen.put("waybill", waybill);
        decisions.record(task, number, decision, comment, seen);
        CaseVariables.outcome(task, decision);
    }
}
