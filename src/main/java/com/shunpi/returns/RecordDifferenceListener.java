package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.time.LocalDate;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The assistant says what to do when something else came than was approved (T6). */
@Component("recordDifference")
class RecordDifferenceListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final DecisionRecorder decisions;

    RecordDifferenceListener(ReturnService returns, ReturnFacts facts, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("accept", "await");
        String comment = input.comment(decision);
        LocalDate until = decision != null && decision.equals("await")
                ? input.date(
                        "goodsDueOn", "约定到货日期", returns.today(), returns.today().plusDays(180))
                : null;
        input.check();
        if (until == null) {
            returns.acceptDifference(number);
        } else {
            returns.awaitRest(number, until);
        }
        decisions.record(task, number, decision, comment, facts.of(number));
        CaseVariables.outcome(task, until == null ? "received" : "await");
    }
}
