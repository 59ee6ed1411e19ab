package com.shunpi.verification;

import com.shunpi.workflow.DecisionTableContract;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What {@link VerificationTable} can read of who verifies (V1): one answer per kind of document. */
@Component
class QueueContract implements DecisionTableContract {

    @Override
    public String decision() {
        return VerificationTable.QUEUE;
    }

    @Override
    public String hitPolicy() {
        return "UNIQUE";
    }

    @Override
    public Optional<String> fault(Map<String, String> outputs) {
        String queue = outputs.getOrDefault("queue", "");
        boolean known = Arrays.stream(VerificationQueue.values())
                .map(VerificationQueue::code)
                .anyMatch(queue::equals);
        return known
                ? Optional.empty()
                : Optional.of("没有复核部门“" + queue + "”，应为 "
                        + Arrays.stream(VerificationQueue.values())
                                .map(VerificationQueue::code)
                                .collect(Collectors.joining("、")));
    }
}
