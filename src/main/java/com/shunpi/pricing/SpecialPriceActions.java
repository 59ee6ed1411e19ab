package com.shunpi.pricing;

import com.shunpi.workflow.CurrentActor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A request over the API: it is kept and its case begins, or neither. */
@Component
class SpecialPriceActions {

    private final SpecialPrices specialPrices;
    private final SpecialPriceProcess process;
    private final CurrentActor actor;

    SpecialPriceActions(SpecialPrices specialPrices, SpecialPriceProcess process, CurrentActor actor) {
        this.specialPrices = specialPrices;
        this.process = process;
        this.actor = actor;
    }

    /** @return the number of the request */
    @Transactional
    public String send(SpecialPriceInput input) {
        SpecialPriceRequest request = specialPrices.send(input, actor.id());
        process.start(request, specialPrices.beneficiary(request));
        return request.requestNumber();
    }
}
