package com.shunpi.workflow;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.stereotype.Component;

/**
 * Asks the decision tables that process owners edit. A table is deployed with the process that names it in the extension
 * property {@code table} of a step. Asked outside of the engine's history: what was decided on which rows is kept by
 * whoever asked (A1), and a question may be put hundreds of times for one answer.
 */
@Component
public class DecisionTables {

    /** Name of the extension property of a service task that names the tables its code asks, separated by spaces. */
    static final String TABLE = "table";

    private final RepositoryService repositoryService;
    private final EngineAccess engine;
    private final DmnEngine tables =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final Map<String, DmnDecision> parsed = new ConcurrentHashMap<>();

    DecisionTables(RepositoryService repositoryService, EngineAccess engine) {
        this.repositoryService = repositoryService;
        this.engine = engine;
    }

    /** The version of the table that is in force now. */
    public int latestVersion(String table) {
        DecisionDefinition latest = engine.asSystem(() -> repositoryService
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(table)
                .latestVersion()
                .singleResult());
        if (latest == null) {
            throw new IllegalStateException("No decision table " + table + " is deployed");
        }
        return latest.getVersion();
    }

    /**
     * The rows that are hit, in the order of the table.
     *
     * @param facts by the names the table's inputs use; numbers as {@link java.math.BigDecimal}, which is compared digit
     *     by digit
     * @return per row the outputs by name
     */
    public List<Map<String, Object>> ask(String table, int version, Map<String, Object> facts) {
        return tables.evaluateDecisionTable(decision(table, version), facts).getResultList();
    }

    private DmnDecision decision(String table, int version) {
        // a version never changes once it is deployed
        return parsed.computeIfAbsent(table + ":" + version, key -> engine.asSystem(() -> read(table, version)));
    }

    private DmnDecision read(String table, int version) {
        DecisionDefinition definition = repositoryService
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(table)
                .decisionDefinitionVersion(version)
                .singleResult();
        if (definition == null) {
            throw new IllegalStateException("No version " + version + " of decision table " + table + " is deployed");
        }
        InputStream model = repositoryService.getDecisionModel(definition.getId());
        return tables.parseDecision(table, model);
    }
}
