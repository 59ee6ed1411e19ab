package com.shunpi.workflow;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.DecisionDefinitionQuery;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Asks the process owners' decision tables. A table is deployed with the process that names it in the extension property
 * {@code decisions} of a step. Asked outside the engine's commands, so that asking costs no statement and leaves no row:
 * what was decided on which rows is kept by whoever asked (A1), and a question may be put hundreds of times for one answer.
 */
@Component
public class DecisionTables {

    /** Name of the extension property with the tables that a step of ours asks, separated by spaces. */
    static final String DECISIONS = "decisions";

    private final RepositoryService repositoryService;
    private final EngineAccess engine;
    // half a second that no start needs to wait for
    private final Supplier<DmnEngine> dmn = SingletonSupplier.of(() -> new DefaultDmnEngineConfiguration()
            .feelEngineFactory(QuickFeel::new)
            .buildEngine());
    private final Map<String, Table> latest = new ConcurrentHashMap<>();
    private final Map<String, Table> byDefinition = new ConcurrentHashMap<>();

    DecisionTables(RepositoryService repositoryService, EngineAccess engine) {
        this.repositoryService = repositoryService;
        this.engine = engine;
    }

    /** One version of a table, to be asked any number of times. */
    public final class Table {

        private final String name;
        private final int version;
        private final DmnDecision decision;

        private Table(String name, int version, DmnDecision decision) {
            this.name = name;
            this.version = version;
            this.decision = decision;
        }

        public int version() {
            return version;
        }

        /** For the record of what was decided on (A1), e.g. {@code order-hold-limits 3}. */
        @Override
        public String toString() {
            return name + " " + version;
        }

        /**
         * The rows that are hit, in the order of the table.
         *
         * @param facts by the names the table's inputs use; numbers as {@link java.math.BigDecimal}, which is compared
         *     digit by digit
         * @return per row the outputs by name, null for an empty cell
         */
        public List<Map<String, Object>> ask(Map<String, ?> facts) {
            return dmn.get().evaluateDecisionTable(decision, Map.copyOf(facts)).getResultList();
        }
    }

    /**
     * The version deployed last.
     *
     * @param name id of the decision in {@code processes/*.dmn}
     * @throws IllegalStateException when no such table is deployed
     */
    public Table latest(String name) {
        return latest.computeIfAbsent(name, key -> read(key, DecisionDefinitionQuery::latestVersion));
    }

    /** @throws IllegalStateException when the table has no such version */
    public Table version(String name, int version) {
        return read(name, definitions -> definitions.decisionDefinitionVersion(version));
    }

    /** What was deployed meanwhile counts from now on; what another server deployed, within a minute. */
    @Scheduled(fixedRateString = "PT1M", initialDelayString = "PT1M")
    public void refresh() {
        latest.clear();
    }

    private Table read(String name, UnaryOperator<DecisionDefinitionQuery> which) {
        return engine.asSystem(() -> {
            DecisionDefinition definition = which.apply(
                            repositoryService.createDecisionDefinitionQuery().decisionDefinitionKey(name))
                    .singleResult();
            if (definition == null) {
                throw new IllegalStateException("This version of decision table " + name + " is not deployed");
            }
            // what is deployed under an id never changes
            return byDefinition.computeIfAbsent(
                    definition.getId(),
                    id -> new Table(
                            name,
                            definition.getVersion(),
                            dmn.get().parseDecision(name, repositoryService.getDecisionModel(id))));
        });
    }
}
