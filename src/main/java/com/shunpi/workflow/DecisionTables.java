package com.shunpi.workflow;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.DecisionDefinitionQuery;
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

    /** A version of a table, to be asked any number of times. */
    public final class Table {

        private final int version;
        private final DmnDecision decision;

        private Table(int version, DmnDecision decision) {
            this.version = version;
            this.decision = decision;
        }

        public int version() {
            return version;
        }

        /**
         * The rows that are hit, in the order of the table.
         *
         * @param facts by the names the table's inputs use; numbers as {@link java.math.BigDecimal}, which is compared
         *     digit by digit
         * @return per row the outputs by name
         */
        public List<Map<String, Object>> ask(Map<String, Object> facts) {
            return tables.evaluateDecisionTable(decision, facts).getResultList();
        }
    }

    /** The version that is in force now. */
    public Table latest(String table) {
        return read(table, definitions -> definitions.latestVersion());
    }

    /** A version that was in force once. */
    public Table version(String table, int version) {
        return read(table, definitions -> definitions.decisionDefinitionVersion(version));
    }

    private Table read(String table, UnaryOperator<DecisionDefinitionQuery> which) {
        return engine.asSystem(() -> {
            DecisionDefinition definition = which.apply(
                            repositoryService.createDecisionDefinitionQuery().decisionDefinitionKey(table))
                    .singleResult();
            if (definition == null) {
                throw new IllegalStateException("This version of decision table " + table + " is not deployed");
            }
            // what is deployed under an id never changes
            DmnDecision decision = parsed.computeIfAbsent(
                    definition.getId(), id -> tables.parseDecision(table, repositoryService.getDecisionModel(id)));
            return new Table(definition.getVersion(), decision);
        });
    }
}
