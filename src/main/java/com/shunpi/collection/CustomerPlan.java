package com.shunpi.collection;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a run would do about one customer on one day.
 *
 * @param actions none twice; those before the due date included
 * @param broken a promise that was not kept; null when there is none (C5)
 * @param followUp who would get a task, given that somebody may be at it already; NONE when nobody would
 * @param joining invoices that would be in the case from then on (C1)
 * @param hold whether credit orders would be held for the stages of what is open (C8)
 * @param stage the highest of what is open; 0 when nothing is due
 */
record CustomerPlan(
        String customerCode,
        List<Planned> actions,
        BrokenPromise broken,
        FollowUp followUp,
        List<Claim> joining,
        boolean hold,
        int stage) {

    /** CNY. */
    record BrokenPromise(java.time.LocalDate promisedOn, BigDecimal amount) {}

    boolean isEmpty() {
        return actions.isEmpty() && broken == null && joining.isEmpty();
    }

    List<Planned> overdue() {
        return actions.stream().filter(action -> !action.isBeforeDue()).toList();
    }

    Stream<String> mailEvents(java.time.LocalDate day) {
        return actions.stream()
                .map(action -> action.mailEvent(day))
                .filter(Objects::nonNull)
                .distinct();
    }
}
