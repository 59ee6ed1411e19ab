package com.shunpi.workflow;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Asks the process owners' decision tables, always in the version deployed last. Outside the engine's commands, so that
 * asking costs no statement and leaves no row: what was decided on is in our own decision record (A1), which names the
 * table's version.
 */
@Component
public class DecisionTables {

    /**
     * What a table answered.
     *
     * @param version of the deployed table, for the record of what was decided on
     * @param rows the rows hit, in the table's order: output name to value, null for an empty cell
     */
    public record Answer(String table, int version, List<Map<String, Object>> rows) {}

    private record Table(DmnDecision decision, int version) {}

    private final RepositoryService repositoryService;
    private final EngineAccess engine;
    // half a second that no start needs to wait for
    private final Supplier<DmnEngine> dmn = SingletonSupplier.of(
            () -> DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine());
    private final Map<String, Table> tables = new ConcurrentHashMap<>();

    DecisionTables(RepositoryService repositoryService, EngineAccess engine) {
        this.repositoryService = repositoryService;
        this.engine = engine;
    }

    /**
     * @param decision id of the decision in {@code processes/*.dmn}
     * @param inputs by the names that the table's input columns use
     * @throws IllegalStateException when no such table is deployed
     */
    public Answer evaluate(String decision, Map<String, ?> inputs) {
        Table table = tables.computeIfAbsent(decision, this::latest);
        List<Map<String, Object>> rows = dmn
                .get()
                .evaluateDecisionTable(table.decision(), Variables.fromMap(Map.copyOf(inputs)))
                .getResultList()
                .stream()
                .map(row -> (Map<String, Object>) row)
                .toList();
        return new Answer(decision, table.version(), rows);
    }

    /** What was deployed meanwhile counts from now on. */
    void refresh() {
        tables.clear();
    }

    private Table latest(String key) {
        return engine.asSystem(() -> {
            DecisionDefinition definition = repositoryService
                    .createDecisionDefinitionQuery()
                    .decisionDefinitionKey(key)
                    .latestVersion()
                    .singleResult();
            if (definition == null) {
                throw new IllegalStateException("No decision table " + key + " is deployed");
            }
            return new Table(
                    dmn.get().parseDecision(key, repositoryService.getDecisionModel(definition.getId())),
                    definition.getVersion());
        });
    }
}
