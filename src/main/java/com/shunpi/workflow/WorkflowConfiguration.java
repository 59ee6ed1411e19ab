package com.shunpi.workflow;

import org.camunda.bpm.engine.RepositoryService;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what a test builds for itself as well. */
@Configuration(proxyBeanMethods = false)
class WorkflowConfiguration {

    @Bean
    ModelDeployer modelDeployer(RepositoryService repositoryService, BeanFactory beans) {
        return new ModelDeployer(repositoryService, new ModelRules(beans));
    }
}
