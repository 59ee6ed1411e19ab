package com.shunpi.workflow;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Lets the demo company's people have done something before anybody looks. Does not exist without the demo data. */
@Component
@ConditionalOnBooleanProperty("shunpi.demo")
public class DemoLogin {

    private final IdentityService identityService;
    private final TaskService taskService;

    DemoLogin(IdentityService identityService, TaskService taskService) {
        this.identityService = identityService;
        this.taskService = taskService;
    }

    /** Runs the work as a demo user, under every guard a request of his would meet. */
    public void run(String user, Runnable work) {
        List<String> groups = identityService.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList();
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
        identityService.setAuthentication(user, groups);
        try {
            work.run();
        } finally {
            identityService.clearAuthentication();
            SecurityContextHolder.clearContext();
        }
    }

    /** Completes the open task of a document as a demo user. */
    public void complete(String user, String documentNumber, String step, java.util.Map<String, Object> values) {
        String task = taskService
                .createTaskQuery()
                .processVariableValueEquals(CaseVariables.DOCUMENT_NUMBER, documentNumber)
                .taskDefinitionKey(step)
                .singleResult()
                .getId();
        run(user, () -> taskService.complete(task, values));
    }
}
