package com.shunpi.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that is told to stop goes on answering until load balancers have seen it. */
class DrainingTest {

    @Test
    void withoutADrainTheNextIsStoppedAtOnce() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        new Draining(Duration.ZERO).stop(() -> next.complete(null));
        assertThat(next).isDone();
    }

    @Test
    void theNextIsStoppedAfterTheDrainAndNotBefore() throws Exception {
        CompletableFuture<Void> next = new CompletableFuture<>();
        Draining draining = new Draining(Duration.ofMillis(500));
        draining.start();
        draining.stop(() -> next.complete(null));
        assertThat(draining.isRunning()).isFalse();
        assertThat(next).isNotDone();
        next.get(1, TimeUnit.MINUTES);
    }
}
