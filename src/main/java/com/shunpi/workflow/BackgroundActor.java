package com.shunpi.workflow;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;

/** Lets work that goes on after the answer was given be done as the person who asked for it, and as nobody else (A2). */
@Component
public class BackgroundActor {

    private final CurrentActor actor;
    private final IdentityService identityService;

    BackgroundActor(CurrentActor actor, IdentityService identityService) {
        this.actor = actor;
        this.identityService = identityService;
    }

    /** The work, to be run in another thread as the user of this one. Refused when nobody is logged in. */
    public Runnable asCurrent(Runnable work) {
        actor.id();
        SecurityContext login =
                new SecurityContextImpl(SecurityContextHolder.getContext().getAuthentication());
        Authentication engine = identityService.getCurrentAuthentication();
        return () -> {
            SecurityContextHolder.setContext(login);
            identityService.setAuthentication(engine);
            try {
                work.run();
            } finally {
                identityService.clearAuthentication();
                SecurityContextHolder.clearContext();
            }
        };
    }
}
