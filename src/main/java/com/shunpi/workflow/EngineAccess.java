package com.shunpi.workflow;

import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/** Lets our own services move a case where its user may not touch the engine himself, e.g. by a message. */
@Component
public class EngineAccess {

    private final IdentityService identityService;

    EngineAccess(IdentityService identityService) {
        this.identityService = identityService;
    }

    /** Runs engine calls with the rights of the application; the login stays who he is. */
    public <T> T asSystem(Supplier<T> work) {
        Authentication user = identityService.getCurrentAuthentication();
        identityService.clearAuthentication();
        try {
            return work.get();
        } finally {
            if (user != null) {
                identityService.setAuthentication(user);
            }
        }
    }
}
