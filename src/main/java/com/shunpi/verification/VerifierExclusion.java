package com.shunpi.verification;

import com.shunpi.workflow.TaskExclusion;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Keeps the preparer, and who acted for him, away from the tasks that verify (V1, N4). */
@Component
class VerifierExclusion implements TaskExclusion {

    private static final Set<String> TASKS = Arrays.stream(VerificationQueue.values())
            .map(VerificationQueue::task)
            .collect(Collectors.toSet());

    private final VerificationService verifications;

    VerifierExclusion(VerificationService verifications) {
        this.verifications = verifications;
    }

    @Override
    public Optional<String> refusal(String process, String task, String businessKey, String userId) {
        boolean verifies = process.equals(VerificationProcess.KEY)
                && (TASKS.contains(task) || task.equals(VerificationProcess.SUPERVISE));
        return verifies ? verifications.refusal(businessKey, userId) : Optional.empty();
    }

    @Override
    public Set<String> excludedCases(Collection<String> businessKeys, String userId) {
        return verifications.refused(
                businessKeys.stream()
                        .filter(number -> number.startsWith(VerificationProcess.PREFIX + "-"))
                        .toList(),
                userId);
    }
}
