package com.shunpi.workflow;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Says who may not do a task although his group does (V1). Every bean of this kind is asked when somebody claims a task,
 * is given one, or completes one, whichever way he came: Tasklist, REST, the Java API or an administrator. This is the
 * friendly answer at the door; the table's constraint and the effect's own reading of it are the law.
 */
public interface TaskExclusion {

    /**
     * @param process key of the process, e.g. {@code dual-verification}
     * @param task element id of the task
     * @param businessKey number of the case
     * @return why this user may not have it, in Chinese; empty when he may
     */
    Optional<String> refusal(String process, String task, String businessKey, String userId);

    /**
     * Of some cases, those with a task that this user may not have now, so that a list can say so before he tries.
     *
     * @param businessKeys numbers of cases of any process
     */
    default Set<String> excludedCases(Collection<String> businessKeys, String userId) {
        return Set.of();
    }
}
