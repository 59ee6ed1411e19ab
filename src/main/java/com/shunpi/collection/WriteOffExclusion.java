package com.shunpi.collection;

import com.shunpi.workflow.TaskExclusion;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whoever proposed or confirmed a write-off has no further word in it (C10). */
@Component
class WriteOffExclusion implements TaskExclusion {

    private static final Set<String> TASKS = Set.of("userTask_confirmWriteOff", "userTask_approveWriteOff");

    private final CollectionService collection;

    WriteOffExclusion(CollectionService collection) {
        this.collection = collection;
    }

    @Override
    public Optional<String> refusal(String process, String task, String businessKey, String userId) {
        boolean excluded = process.equals(CollectionProcess.KEY)
                && TASKS.contains(task)
                && collection.isPartyToWriteOff(businessKey, userId);
        return excluded ? Optional.of("您提出或确认过这份核销，不能再批（C10）。") : Optional.empty();
    }
}
