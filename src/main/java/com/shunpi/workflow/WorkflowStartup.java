package com.shunpi.workflow;

import com.shunpi.node.Schema;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the engine needs before anybody may talk to it: people, models, rights, queues. Runs when all beans are there and
 * before the server accepts its first request.
 */
@Component
class WorkflowStartup implements SmartInitializingSingleton {

    private final WorklistTable worklistTable;
    private final IdentitySeed identitySeed;
    private final ModelDeployer modelDeployer;
    private final EngineIndexes engineIndexes;
    private final DecisionTables decisionTables;
    private final AuthorizationSeed authorizationSeed;
    private final FilterSeed filterSeed;
    private final TransactionTemplate transaction;
    private final Schema schema;
    private final ModelFolder models;

    WorkflowStartup(
            WorklistTable worklistTable,
            IdentitySeed identitySeed,
            ModelDeployer modelDeployer,
            EngineIndexes engineIndexes,
            DecisionTables decisionTables,
            AuthorizationSeed authorizationSeed,
            FilterSeed filterSeed,
            TransactionTemplate transaction,
            Environment environment,
            @Value("${shunpi.models:classpath:}") String models) {
        this.worklistTable = worklistTable;
        this.identitySeed = identitySeed;
        this.modelDeployer = modelDeployer;
        this.engineIndexes = engineIndexes;
        this.decisionTables = decisionTables;
        this.authorizationSeed = authorizationSeed;
        this.filterSeed = filterSeed;
        this.transaction = transaction;
        this.schema = Schema.of(environment);
        this.models = new ModelFolder(models);
    }

    @Override
    public void afterSingletonsInstantiated() {
        worklistTable.prepare();
        if (schema != Schema.CHECK) {
            engineIndexes.drop();
        }
        if (schema == Schema.MIGRATE) {
            // servers of the version before may still be at work, and know nothing of new diagrams
            return;
        }
        identitySeed.seed();
        modelDeployer.deploy(models);
        decisionTables.refresh();
        // one commit instead of a hundred
        transaction.executeWithoutResult(status -> {
            authorizationSeed.seed();
            filterSeed.seed();
        });
    }
}
