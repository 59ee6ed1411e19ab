package com.shunpi.pricing;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The requester's side answers what an approver wanted to know, and the same step goes on; or withdraws. */
@Component("recordInformation")
class RecordInformationListener implements TaskListener {

    private final SpecialPrices specialPrices;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordInformationListener(SpecialPrices specialPrices, CurrentActor actor, DecisionRecorder decisions) {
        this.specialPrices = specialPrices;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("answer", "withdraw");
        String comment = input.comment(decision);
        input.check();
        if (decision.equals("answer")) {
            specialPrices.answer(number);
        } else {
            specialPrices.withdraw(number);
        }
        SpecialPriceRequest request = specialPrices.request(number);
        decisions.record(
                task,
                request.documentNumber(),
                decision,
                comment,
                SpecialPriceFacts.of(request, specialPrices.question(request, request.lines(), actor.id())));
        CaseVariables.outcome(task, decision);
    }
}
