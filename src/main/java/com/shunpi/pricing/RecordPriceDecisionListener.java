package com.shunpi.pricing;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import com.shunpi.workflow.TaskInput;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** One role's word on a special price: grants it, does not, offers another one, or wants to know more (R5, P2). */
@Component("recordPriceDecision")
class RecordPriceDecisionListener implements TaskListener {

    private final SpecialPrices specialPrices;
    private final SpecialPriceJson json;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RecordPriceDecisionListener(
            SpecialPrices specialPrices, SpecialPriceJson json, CurrentActor actor, DecisionRecorder decisions) {
        this.specialPrices = specialPrices;
        this.json = json;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void notify(DelegateTask task) {
        String number = task.getExecution().getProcessBusinessKey();
        String role = (String) task.getVariable(SpecialPriceProcess.APPROVER_GROUP);
        TaskInput input = TaskInput.of(task);
        String decision = input.decision("approve", "reject", "counter", "ask");
        String comment = input.comment(decision, "approve");
        String offer = input.json(SpecialPriceProcess.OFFER);
        input.check();
        SpecialPriceRequest request = specialPrices.request(number);
        Map<String, Object> facts =
                SpecialPriceFacts.of(request, specialPrices.question(request, request.lines(), request.requestedBy()));
        if (role != null) {
            facts.put("role", role);
        }
        boolean settled = true;
        switch (decision) {
            case "approve" -> settled = specialPrices.approve(number, role, actor.id(), comment);
            case "reject" -> specialPrices.reject(number, role, actor.id(), comment);
            case "ask" -> specialPrices.ask(number, role, actor.id());
            default -> {
                specialPrices.counter(number, role, actor.id(), json.offer(offer, request), comment);
                facts.put("differences", SpecialPriceFacts.offer(request));
            }
        }
        decisions.record(task, request.documentNumber(), decision, comment, facts);
        task.getExecution().setVariable(SpecialPriceProcess.STEP_SETTLED, settled);
        CaseVariables.outcome(task, decision);
    }
}
