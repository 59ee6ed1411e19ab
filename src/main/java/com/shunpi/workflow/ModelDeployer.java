package com.shunpi.workflow;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the process owners' folder into the engine: one deployment per process, all its files together, under names that
 * do not depend on the packaging. So a second start makes no second version, and an edit makes exactly one version of
 * exactly the process it belongs to.
 */
class ModelDeployer {

    private static final Logger log = LoggerFactory.getLogger(ModelDeployer.class);

    private final RepositoryService repositoryService;
    private final ModelRules rules;

    ModelDeployer(RepositoryService repositoryService, ModelRules rules) {
        this.repositoryService = repositoryService;
        this.rules = rules;
    }

    /**
     * Deploys what is new or changed. A faulty diagram is not deployed: the version before it stays in force, and where
     * there is none the application does not start.
     *
     * @throws IllegalStateException with the faults, when a process would be missing altogether
     */
    void deploy(ModelFolder folder) {
        List<ProcessModel> models = folder.processes();
        // reading a diagram takes longer than deploying it
        Map<ProcessModel, List<ModelFault>> faults = models.parallelStream()
                .collect(Collectors.toConcurrentMap(Function.identity(), model -> rules.check(model, models)));
        for (ProcessModel model : models) {
            if (faults.get(model).isEmpty()) {
                deploy(model);
            } else {
                refuse(model, faults.get(model));
            }
        }
    }

    private void deploy(ProcessModel model) {
        DeploymentBuilder deployment = repositoryService
                .createDeployment()
                .name(model.key())
                .source("shunpi")
                .enableDuplicateFiltering(false);
        model.files().forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        var deployed = deployment.deployWithResult().getDeployedProcessDefinitions();
        if (deployed != null) {
            deployed.forEach(definition ->
                    log.info("Deployed process {} version {}", definition.getKey(), definition.getVersion()));
        }
    }

    private void refuse(ProcessModel model, List<ModelFault> faults) {
        StringBuilder text = new StringBuilder("流程图 " + model.diagramName() + " 有以下问题，未发布：");
        faults.forEach(
                fault -> text.append(System.lineSeparator()).append("  - ").append(fault));
        boolean inForce = repositoryService
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(model.key())
                        .count()
                > 0;
        if (!inForce) {
            throw new IllegalStateException(text.toString());
        }
        log.error("{}{}继续使用已发布的版本。", text, System.lineSeparator());
    }
}
