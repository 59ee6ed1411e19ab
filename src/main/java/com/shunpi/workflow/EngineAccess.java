package com.shunpi.workflow;

import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The one way for code of ours to do in the engine what its user may not do himself, such as correlating a message after
 * our own checks. The user stays who he is: delegates and the history see him. For {@code *Process} classes and this
 * package alone; a test says so.
 */
@Component
public class EngineAccess {

    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    /** Runs the work with neither {@link UserCommandGuard} nor the engine's authorization checks. */
    public <T> T asSystem(Supplier<T> work) {
        DEPTH.set(DEPTH.get() + 1);
        try {
            return work.get();
        } finally {
            int depth = DEPTH.get() - 1;
            if (depth == 0) {
                DEPTH.remove();
            } else {
                DEPTH.set(depth);
            }
        }
    }

    /** @see #asSystem(Supplier) */
    public void asSystem(Runnable work) {
        asSystem(() -> {
            work.run();
            return null;
        });
    }

    static boolean isSystem() {
        return DEPTH.get() > 0;
    }
}
