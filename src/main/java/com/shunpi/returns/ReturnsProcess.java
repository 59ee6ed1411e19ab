package com.shunpi.returns;

import com.shunpi.workflow.CaseVariables;
import com.shunpi.workflow.EngineAccess;
import java.util.ArrayList;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** The process {@code returns} as the rest of the module sees it: the only place that knows its names. */
@Component
class ReturnsProcess {

    static final String KEY = "returns";

    /** The application as the start form sends it, JSON. */
    static final String APPLICATION = "application";

    /** What the other forms send, JSON. */
    static final String SOLUTION = "solution";

    static final String COUNTS = "counts";
    static final String FINDINGS = "findings";
    static final String DISPOSITIONS = "dispositions";

    /** The role that an approval waits for. */
    static final String APPROVER_GROUP = "approverGroup";

    /** What is to be done to settle it, by code; one instance of the sub-process each. */
    static final String WORKS = "works";

    static final String WORK = "work";

    /** Business keys of the cases that call activities start. */
    static final String VERIFICATION_NUMBER = "verificationNumber";

    static final String REPLACEMENT_NUMBER = "replacementNumber";

    static final String APPROVE = "userTask_approveReturn";

    private static final int NORMAL = 50;
    private static final int FIRST = 70;

    private final RuntimeService runtimeService;
    private final EngineAccess engine;

    ReturnsProcess(RuntimeService runtimeService, EngineAccess engine) {
        this.runtimeService = runtimeService;
        this.engine = engine;
    }

    /** Starts the case of a stored return; the business key is its number. */
    void start(ReturnCase returned, String customerName) {
        engine.asSystem(() ->
                runtimeService.startProcessInstanceByKey(KEY, returned.returnNumber(), card(returned, customerName)));
    }

    /** What is to be done now, for the sub-process that has one instance each. */
    static void showWorks(VariableScope scope, ReturnCase returned) {
        scope.setVariable(
                WORKS,
                new ArrayList<>(returned.works().stream()
                        .filter(work -> !work.isDone())
                        .map(work -> work.kind().name())
                        .toList()));
    }

    static Map<String, Object> card(ReturnCase returned, String customerName) {
        // the more severe ones go first: the shorter limit is the measure (T9)
        boolean pressing = returned.answerBy().isBefore(returned.appliedAt().plusSeconds(3600));
        return CaseVariables.card(
                returned.returnNumber(), customerName, returned.amount(), pressing, pressing ? FIRST : NORMAL);
    }
}
