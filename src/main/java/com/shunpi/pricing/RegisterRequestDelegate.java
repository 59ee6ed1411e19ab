package com.shunpi.pricing;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.CurrentActor;
import com.shunpi.workflow.DecisionRecorder;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes in a request that was entered in Tasklist; one of the API or of an order is stored already (P1). */
@Component("registerRequest")
class RegisterRequestDelegate implements JavaDelegate {

    private final SpecialPrices specialPrices;
    private final SpecialPriceJson json;
    private final CurrentActor actor;
    private final DecisionRecorder decisions;

    RegisterRequestDelegate(
            SpecialPrices specialPrices, SpecialPriceJson json, CurrentActor actor, DecisionRecorder decisions) {
        this.specialPrices = specialPrices;
        this.json = json;
        this.actor = actor;
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String text = Optional.ofNullable(execution.getVariable(SpecialPriceProcess.REQUEST))
                .map(Object::toString)
                .orElse(null);
        execution.removeVariable(SpecialPriceProcess.REQUEST);
        String number = execution.getProcessBusinessKey();
        SpecialPriceRequest request =
                number == null ? specialPrices.send(json.request(text), actor.id()) : specialPrices.request(number);
        if (number == null) {
            execution.setProcessBusinessKey(request.requestNumber());
            execution.setVariables(SpecialPriceProcess.card(request, specialPrices.beneficiary(request)));
        }
        execution.setVariable(SpecialPriceProcess.REQUEST_NUMBER, request.requestNumber());
        boolean sent = request.status() != SpecialPriceRequest.Status.DRAFT;
        if (request.submittedBy() != null) {
            decisions.record(
                    request.requestNumber(),
                    SpecialPriceProcess.KEY,
                    "request",
                    "申请特价",
                    "submit",
                    request.reason(),
                    SpecialPriceFacts.of(
                            request, specialPrices.question(request, request.lines(), request.requestedBy())));
        }
        if (request.isWaiting()) {
            decisions.record(
                    request.requestNumber(),
                    request.documentNumber(),
                    SpecialPriceProcess.KEY,
                    "join",
                    "等待同样的申请",
                    "join",
                    "同样的价格已在 " + request.joinedRequest() + " 中申请",
                    Map.of("joinedRequest", request.joinedRequest()));
        }
        CaseVariables.outcome(execution, request.isWaiting() ? "joined" : sent ? "sent" : "draft");
    }
}
