package com.shunpi.pricebook;

import com.shunpi.verification.VerificationProcess;
import com.shunpi.workflow.CurrentActor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A prepared change and the case that verifies it come into being together. */
@Component
@Transactional
class PriceChangeActions {

    private final PriceChangeService changes;
    private final VerificationProcess process;
    private final CurrentActor actor;

    PriceChangeActions(PriceChangeService changes, VerificationProcess process, CurrentActor actor) {
        this.changes = changes;
        this.process = process;
        this.actor = actor;
    }

    PriceChangeController.Prepared prepare(PriceChangeInput input) {
        PriceChangeController.Prepared prepared = changes.prepare(input.read(changes.today()), actor.id());
        process.start(prepared.verificationNumber());
        return prepared;
    }
}
