package com.shunpi.verification;

import com.shunpi.workflow.Groups;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Who verifies: the tasks of the diagram, as the decision table names them. */
enum VerificationQueue {
    SALES("userTask_verifyDocument", Groups.SALES_ASSISTANT, Groups.SALES_MANAGER),
    FINANCE("userTask_verifyInvoice", Groups.FINANCE),
    SUPERVISOR("userTask_confirmChange", Groups.SALES_MANAGER);

    private final String task;
    private final Set<String> groups;

    VerificationQueue(String task, String... groups) {
        this.task = task;
        this.groups = Set.of(groups);
    }

    /** The word in the table and at the gateway. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static VerificationQueue of(String code) {
        return Arrays.stream(values())
                .filter(queue -> queue.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No such queue in the decision table: " + code));
    }

    String task() {
        return task;
    }

    Set<String> groups() {
        return groups;
    }
}
