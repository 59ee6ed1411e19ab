package com.shunpi.pricing;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Somebody sends the request that an order opened, or withdraws it (P1, R5). */
@Component("recordSubmission")
class RecordSubmissionListener implements TaskListener {

    private final SpecialPrices specialPrices;
    private final SpecialPriceJson json;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordSubmissionListener(
            SpecialPrices specialPrices, SpecialPriceJson json, CurrentActor actor, DecisionRecorder decisions) {
        this.specialPrices = specialPrices;
        this.json = json;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("submit", "withdraw");
        String comment = input.comment(decision, "submit");
        String text = input.json(SpecialPriceProcess.REQUEST);
        input.check();
        if (decision.equals("submit")) {
            specialPrices.submit(number, json.request(text), actor.id());
        } else {
            specialPrices.withdraw(number);
        }
        SpecialPriceRequest request = specialPrices.request(number);
        decisions.record(
                task,
                request.documentNumber(),
                decision,
                comment == null ? request.reason() : comment,
                SpecialPriceFacts.of(request, specialPrices.question(request, request.lines(), actor.id())));
        CaseVariables.outcome(task, decision);
    }
}
