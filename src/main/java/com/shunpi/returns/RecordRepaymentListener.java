package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Finance paid the money back (T7). */
@Component("recordRepayment")
class RecordRepaymentListener implements TaskListener {

    private final ReturnService returns;
    private final ReturnFacts facts;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordRepaymentListener(ReturnService returns, ReturnFacts facts, CurrentActor actor, DecisionRecorder decisions) {
        this.returns = returns;
        this.facts = facts;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("paid");
        String comment = input.comment(decision, "paid");
        String reference = input.text("bankReference", "银行流水号", 60);
        LocalDate paidOn = input.date("paidOn", "付款日期", returns.today().minusDays(60), returns.today());
        input.check();
        returns.payBack(number, reference, paidOn, actor.id());
        Map<String, Object> seen = facts.of(number);
        seen.put("bankReference", reference);
        decisions.record(task, number, decision, comment, seen);
        CaseVariables.outcome(task, decision);
    }
}
