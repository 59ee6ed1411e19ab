package com.shunpi.workflow;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What the engine needs before anybody may talk to it: people, models, rights, queues. Runs when all beans are there and
 * before the server accepts its first request.
 */
@Component
class WorkflowStartup implements SmartInitializingSingleton {

    private final IdentitySeed identitySeed;
    private final ModelDeployer modelDeployer;
    private final DecisionTables decisionTables;
    private final AuthorizationSeed authorizationSeed;
    private final FilterSeed filterSeed;
    private final ModelFolder models;

    WorkflowStartup(
            IdentitySeed identitySeed,
            ModelDeployer modelDeployer,
            DecisionTables decisionTables,
            AuthorizationSeed authorizationSeed,
            FilterSeed filterSeed,
            @Value("${shunpi.models:classpath:}") String models) {
        this.identitySeed = identitySeed;
        this.modelDeployer = modelDeployer;
        this.decisionTables = decisionTables;
        this.authorizationSeed = authorizationSeed;
        this.filterSeed = filterSeed;
        this.models = new ModelFolder(models);
    }

    @Override
    public void afterSingletonsInstantiated() {
        identitySeed.seed();
        modelDeployer.deploy(models);
        decisionTables.refresh();
        authorizationSeed.seed();
        filterSeed.seed();
    }
}
