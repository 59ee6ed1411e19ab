package com.shunpi.pricing;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.EngineAccess;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The process {@code special-price} as the rest of the module sees it: the only place that knows its names. */
@Component
class SpecialPriceProcess {

    static final String KEY = "special-price";

    /** The request as the forms send it, JSON. */
    static final String REQUEST = "request";

    /** A counter-offer as the form sends it, JSON. */
    static final String OFFER = "offer";

    /** The number of the request, for the forms; the case's business key is the same. */
    static final String REQUEST_NUMBER = "requestNumber";

    /** The roles whose word the present step still wants; one task each. */
    static final String APPROVERS = "approvers";

    /** The role that a task waits for. */
    static final String APPROVER_GROUP = "approverGroup";

    /** Whether the other tasks of the step are still wanted. */
    static final String STEP_SETTLED = "stepSettled";

    private static final String JOINED_DECIDED = "joinedRequestDecided";

    private static final int NORMAL = 50;

    private final RuntimeService runtimeService;
    private final EngineAccess engine;

    SpecialPriceProcess(RuntimeService runtimeService, EngineAccess engine) {
        this.runtimeService = runtimeService;
        this.engine = engine;
    }

    /** Starts the case of a stored request; the business key is its number. */
    void start(SpecialPriceRequest request, String customerName) {
        engine.asSystem(() ->
                runtimeService.startProcessInstanceByKey(KEY, request.requestNumber(), card(request, customerName)));
    }

    /** The case of a request that waited for another one goes on (R5), in the transaction that decided that one. */
    @EventListener
    void goOn(SpecialPrices.JoinedDecided decided) {
        engine.asSystem(() -> runtimeService
                .createMessageCorrelation(JOINED_DECIDED)
                .processInstanceBusinessKey(decided.requestNumber())
                .setVariable(CaseVariables.OUTCOME, CaseVariables.outcome(decided.granted() ? "approve" : "reject"))
                .correlateAllWithResult());
    }

    static Map<String, Object> card(SpecialPriceRequest request, String customerName) {
        BigDecimal amount = SpecialPriceFacts.amount(request);
        Map<String, Object> card =
                new HashMap<>(CaseVariables.card(request.documentNumber(), customerName, amount, false, NORMAL));
        card.put(REQUEST_NUMBER, request.requestNumber());
        return card;
    }
}
