package com.shunpi;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** Notes every sequence flow that a test passes, so that a path nobody tests is found by the build. */
public class FlowCoverage extends AbstractProcessEnginePlugin {

    private final Set<String> passed = new ConcurrentSkipListSet<>();

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        BpmnParseListener listener = new AbstractBpmnParseListener() {
            @Override
            public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl transition) {
                String process = ((ProcessDefinitionEntity) scope.getProcessDefinition()).getKey();
                transition.addListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener)
                        execution -> passed.add(process + "#" + element.attribute("id")));
            }
        };
        if (engine.getCustomPostBPMNParseListeners() == null) {
            engine.setCustomPostBPMNParseListeners(new java.util.ArrayList<>());
        }
        engine.getCustomPostBPMNParseListeners().add(listener);
    }

    /** The sequence flows of the newest version of a process that no test has passed so far. */
    public Set<String> notPassed(RepositoryService repositoryService, String process) {
        String definition = repositoryService
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getId();
        List<SequenceFlow> flows = List.copyOf(
                repositoryService.getBpmnModelInstance(definition).getModelElementsByType(SequenceFlow.class));
        Set<String> missing = new TreeSet<>();
        for (SequenceFlow flow : flows) {
            if (!passed.contains(process + "#" + flow.getId())) {
                missing.add(flow.getId());
            }
        }
        return missing;
    }
}
