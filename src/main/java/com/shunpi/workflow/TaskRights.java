package com.shunpi.workflow;

import java.util.Collection;
import java.util.List;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.task.IdentityLink;

/** What a person has to do with a task (A3): it is his, or it waits for one of his groups, or he oversees the work. */
final class TaskRights {

    private TaskRights() {}

    static boolean isCandidate(
            Collection<? extends IdentityLink> candidates, String userId, Collection<String> groups) {
        return candidates.stream()
                .anyMatch(link -> userId.equals(link.getUserId())
                        || link.getGroupId() != null && groups.contains(link.getGroupId()));
    }

    static boolean oversees(Authentication user) {
        return groups(user).stream().anyMatch(Groups.OVERSIGHT::contains);
    }

    static List<String> groups(Authentication user) {
        return user.getGroupIds() == null ? List.of() : user.getGroupIds();
    }
}
