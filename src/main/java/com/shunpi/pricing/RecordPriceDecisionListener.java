package com.shunpi.pricing;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The manager grants a special price, or does not (R5, P2). */
@Component("recordPriceDecision")
class RecordPriceDecisionListener implements TaskListener {

    private final SpecialPrices specialPrices;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordPriceDecisionListener(SpecialPrices specialPrices, CurrentActor actor, DecisionRecorder decisions) {
        this.specialPrices = specialPrices;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("approve", "reject");
        String comment = input.comment(decision, "approve");
        input.check();
        SpecialPriceRequest request = specialPrices.decide(
                task.getExecution().getProcessBusinessKey(), actor.id(), decision.equals("approve"), comment);
        decisions.record(
                task,
                request.orderNumber(),
                decision,
                comment,
                Map.of(
                        "requestedBy",
                        request.requestedBy(),
                        "lines",
                        request.lines().stream()
                                .map(line -> line.productCode() + " × " + line.quantity() + " @ "
                                        + line.askedPrice().toPlainString() + "，客户价 "
                                        + line.customerPrice().toPlainString() + "，目录价 "
                                        + line.listPrice().toPlainString())
                                .toList()));
        CaseVariables.outcome(task, decision);
    }
}
