package com.shunpi.pricing;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** The requester's side takes a counter-offer, or withdraws. */
@Component("recordOfferAnswer")
class RecordOfferAnswerListener implements TaskListener {

    private final SpecialPrices specialPrices;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordOfferAnswerListener(SpecialPrices specialPrices, CurrentActor actor, DecisionRecorder decisions) {
        this.specialPrices = specialPrices;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("accept", "withdraw");
        String comment = input.comment(decision, "accept");
        input.check();
        List<String> offer = SpecialPriceFacts.offer(specialPrices.request(number));
        if (decision.equals("accept")) {
            specialPrices.acceptOffer(number, actor.id());
        } else {
            specialPrices.withdraw(number);
        }
        SpecialPriceRequest request = specialPrices.request(number);
        Map<String, Object> facts =
                SpecialPriceFacts.of(request, specialPrices.question(request, request.lines(), actor.id()));
        facts.put("differences", offer);
        decisions.record(task, request.documentNumber(), decision, comment, facts);
        CaseVariables.outcome(task, decision);
    }
}
