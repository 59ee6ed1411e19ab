package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.Login;
import com.shunpi.ShunpiTest;
import com.shunpi.shared.RefusedException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A2: what goes on in the background is done by whoever asked for it, for us and for the engine, and by nobody else. */
@ShunpiTest
class BackgroundActorTest {

    @Autowired
    BackgroundActor background;

    @Autowired
    CurrentActor actor;

    @Autowired
    IdentityService identityService;

    @Autowired
    Login login;

    @Test
    void aStrangersWorkIsRefused() {
        assertThatThrownBy(() -> background.asCurrent(() -> {})).isInstanceOf(RefusedException.class);
    }

    @Test
    void theWorkIsDoneByItsUserAndTheThreadForgetsHim() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            String[] seen = new String[2];
            Runnable work = login.as(
                    "assistant1",
                    () -> background.asCurrent(() -> {
                        seen[0] = actor.id();
                        // without it the engine would check nothing of what he does
                        seen[1] = identityService.getCurrentAuthentication().getUserId();
                    }));
            thread.submit(work).get();
            assertThat(seen).containsExactly("assistant1", "assistant1");

            thread.submit(() -> {
                        assertThat(identityService.getCurrentAuthentication()).isNull();
                        assertThatThrownBy(actor::id).isInstanceOf(RefusedException.class);
                    })
                    .get();
        } finally {
            thread.shutdownNow();
        }
    }
}
