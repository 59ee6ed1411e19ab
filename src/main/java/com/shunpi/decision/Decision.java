package com.shunpi.decision;

import java.time.Instant;
import java.util.Map;

/**
 * One decision of one person (A1).
 *
 * @param caseNumber the business key of the case, e.g. {@code SO-20261122-0001}
 * @param documentNumber the document it is about: the case's own number, or for a verification or a special price the
 *     number of the order
 * @param process the process key, e.g. {@code order-review}
 * @param processVersion definition version and version tag the case runs in, e.g. {@code 3 (1.0)}; null outside a process
 * @param step the element id of the task, e.g. {@code userTask_reviewOrder}; for an API action its name
 * @param stepName its Chinese label
 * @param actor the user who decided
 * @param onBehalfOf whom he decided for; null when for himself
 * @param choice the value of {@code decision}, e.g. {@code approve}
 * @param comment his words; null when none were needed
 * @param facts the values he decided on (amounts as strings), kept as JSON
 * @param at when
 */
public record Decision(
        String caseNumber,
        String documentNumber,
        String process,
        String processVersion,
        String step,
        String stepName,
        String actor,
        String onBehalfOf,
        String choice,
        String comment,
        Map<String, ?> facts,
        Instant at) {}
