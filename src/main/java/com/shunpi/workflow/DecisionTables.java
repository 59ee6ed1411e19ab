package com.shunpi.workflow;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.springframework.stereotype.Component;

/** The decision tables process owners edit, as the rest of the house asks them. */
@Component
public class DecisionTables {

    private final DecisionService decisionService;
    private final EngineAccess engine;

    DecisionTables(DecisionService decisionService, EngineAccess engine) {
        this.decisionService = decisionService;
        this.engine = engine;
    }

    /** The rows of the newest version of a table that match, in its order; each by output name. */
    public List<Map<String, Object>> rows(String decisionKey, Map<String, Object> inputs) {
        return engine.asSystem(() -> decisionService
                        .evaluateDecisionTableByKey(decisionKey)
                        .variables(inputs)
                        .evaluate())
                .getResultList();
    }
}
