package com.shunpi.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The first thing that stops. By then {@code /actuator/health/readiness} says no; this waits until every load balancer has
 * seen it, while requests are still answered. Only then the port is closed, and what is under way is finished.
 */
@Component
class Draining implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Draining.class);

    private final Duration drain;
    private volatile boolean running;

    Draining(@Value("${shunpi.drain}") Duration drain) {
        this.drain = drain;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    /** What is to stop after it waits for the callback, at most {@code spring.lifecycle.timeout-per-shutdown-phase}. */
    @Override
    public void stop(Runnable callback) {
        stop();
        if (drain.isZero()) {
            callback.run();
        } else {
            log.info("停止接收新请求前等待 {} 秒", drain.toSeconds());
            CompletableFuture.delayedExecutor(drain.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(callback);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
