package com.shunpi.workflow;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GLOBAL;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.BatchPermissions;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.SystemPermissions;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.springframework.stereotype.Component;

/**
 * Grants every role what it needs, per process and never per task (A3, A5). Who works in a process stands in its
 * diagram: the candidate groups of its tasks work in it, its candidate starter groups start it. The grants on a process
 * are derived anew at each start, so that a diagram takes rights away as well as it gives them.
 */
@Component
class AuthorizationSeed {

    /** Name of the extension property with the groups out of which the program picks a task's own, separated by spaces. */
    static final String GROUPS = "groups";

    private static final Set<Permission> WORK = Set.of(
            ProcessDefinitionPermissions.READ,
            ProcessDefinitionPermissions.READ_INSTANCE,
            ProcessDefinitionPermissions.READ_HISTORY,
            ProcessDefinitionPermissions.READ_TASK,
            ProcessDefinitionPermissions.TASK_WORK);
    private static final Set<Permission> START =
            Set.of(ProcessDefinitionPermissions.READ, ProcessDefinitionPermissions.CREATE_INSTANCE);
    private static final Set<Permission> OVERSEE = Set.of(
            ProcessDefinitionPermissions.READ,
            ProcessDefinitionPermissions.READ_INSTANCE,
            ProcessDefinitionPermissions.READ_HISTORY,
            ProcessDefinitionPermissions.READ_TASK,
            ProcessDefinitionPermissions.TASK_ASSIGN);
    private static final Set<Permission> ADMINISTER = Set.of(
            ProcessDefinitionPermissions.RETRY_JOB,
            ProcessDefinitionPermissions.SUSPEND,
            ProcessDefinitionPermissions.SUSPEND_INSTANCE);

    private final AuthorizationService authorizationService;
    private final RepositoryService repositoryService;
    private final RuntimeService runtimeService;

    AuthorizationSeed(
            AuthorizationService authorizationService,
            RepositoryService repositoryService,
            RuntimeService runtimeService) {
        this.authorizationService = authorizationService;
        this.repositoryService = repositoryService;
        this.runtimeService = runtimeService;
    }

    void seed() {
        everybody();
        oversight();
        administrators();
        Set<String> starters = new HashSet<>();
        repositoryService
                .createProcessDefinitionQuery()
                .latestVersion()
                .list()
                .forEach(definition -> starters.addAll(process(definition)));
        starters.forEach(group -> grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE));
    }

    private void everybody() {
        global(Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        // names of colleagues and groups on cards and in comments
        global(Resources.USER, ANY, Permissions.READ);
        global(Resources.GROUP, ANY, Permissions.READ);
    }

    private void oversight() {
        for (String group : Groups.OVERSIGHT) {
            grant(group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
            grant(group, Resources.DECISION_DEFINITION, ANY, Permissions.READ, Permissions.READ_HISTORY);
            grant(group, Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, Permissions.READ);
            grant(group, Resources.DEPLOYMENT, ANY, Permissions.READ);
            grant(group, Resources.OPERATION_LOG_CATEGORY, ANY, UserOperationLogCategoryPermissions.READ);
        }
    }

    private void administrators() {
        grant(Groups.ADMIN, Resources.APPLICATION, "admin", Permissions.ACCESS);
        for (Resource resource :
                List.of(Resources.USER, Resources.GROUP, Resources.GROUP_MEMBERSHIP, Resources.AUTHORIZATION)) {
            grant(Groups.ADMIN, resource, ANY, Permissions.ALL);
        }
        grant(Groups.ADMIN, Resources.SYSTEM, ANY, SystemPermissions.READ);
        grant(Groups.ADMIN, Resources.BATCH, ANY, BatchPermissions.READ);
    }

    /** @return the groups that may start the process */
    private Set<String> process(ProcessDefinition definition) {
        Map<String, Set<Permission>> wanted = new HashMap<>();
        Groups.OVERSIGHT.forEach(group -> add(wanted, group, OVERSEE));
        add(wanted, Groups.ADMIN, ADMINISTER);
        workers(definition).forEach(group -> add(wanted, group, WORK));
        Set<String> starters = starters(definition);
        starters.forEach(group -> add(wanted, group, START));

        existing(definition.getKey()).stream()
                .filter(grant -> grant.getGroupId() != null && !wanted.containsKey(grant.getGroupId()))
                .forEach(grant -> authorizationService.deleteAuthorization(grant.getId()));
        wanted.forEach((group, permissions) -> grant(
                group, Resources.PROCESS_DEFINITION, definition.getKey(), permissions.toArray(Permission[]::new)));
        return starters;
    }

    /** The candidate groups of the newest version, and of older ones in which cases are still open. */
    private Set<String> workers(ProcessDefinition latest) {
        Set<String> groups = new LinkedHashSet<>(candidateGroups(latest));
        repositoryService.createProcessDefinitionQuery().processDefinitionKey(latest.getKey()).list().stream()
                .filter(version -> runtimeService
                                .createProcessInstanceQuery()
                                .processDefinitionId(version.getId())
                                .count()
                        > 0)
                .forEach(version -> groups.addAll(candidateGroups(version)));
        return groups;
    }

    private Set<String> candidateGroups(ProcessDefinition definition) {
        Set<String> groups = new LinkedHashSet<>();
        BpmnModelInstance model = model(definition);
        model.getModelElementsByType(UserTask.class)
                .forEach(task -> groups.addAll(task.getCamundaCandidateGroupsList()));
        model.getModelElementsByType(CamundaProperty.class).stream()
                .filter(property -> GROUPS.equals(property.getCamundaName()))
                .forEach(property ->
                        groups.addAll(List.of(property.getCamundaValue().strip().split("\\s+"))));
        // what is computed stands in the property
        groups.removeIf(group -> group.startsWith("${"));
        return groups;
    }

    private Set<String> starters(ProcessDefinition definition) {
        Process process = model(definition).getModelElementById(definition.getKey());
        return Set.copyOf(process.getCamundaCandidateStarterGroupsList());
    }

    private BpmnModelInstance model(ProcessDefinition definition) {
        return repositoryService.getBpmnModelInstance(definition.getId());
    }

    private static void add(Map<String, Set<Permission>> wanted, String group, Collection<Permission> permissions) {
        wanted.computeIfAbsent(group, any -> new HashSet<>()).addAll(permissions);
    }

    private List<Authorization> existing(String processKey) {
        return authorizationService
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .resourceType(Resources.PROCESS_DEFINITION)
                .resourceId(processKey)
                .list();
    }

    void grant(String group, Resource resource, String id, Permission... permissions) {
        Authorization existing = authorizationService
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .groupIdIn(group)
                .resourceType(resource)
                .resourceId(id)
                .singleResult();
        save(existing, AUTH_TYPE_GRANT, group, resource, id, permissions);
    }

    void global(Resource resource, String id, Permission... permissions) {
        Authorization existing = authorizationService
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GLOBAL)
                .resourceType(resource)
                .resourceId(id)
                .singleResult();
        save(existing, AUTH_TYPE_GLOBAL, null, resource, id, permissions);
    }

    private void save(
            Authorization existing, int type, String group, Resource resource, String id, Permission... permissions) {
        Authorization authorization = existing;
        if (authorization == null) {
            authorization = authorizationService.createNewAuthorization(type);
            if (group != null) {
                authorization.setGroupId(group);
            }
            authorization.setResource(resource);
            authorization.setResourceId(id);
        }
        int before = ((AuthorizationEntity) authorization).getPermissions();
        authorization.setPermissions(permissions);
        if (existing == null || before != ((AuthorizationEntity) authorization).getPermissions()) {
            authorizationService.saveAuthorization(authorization);
        }
    }
}
