package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.ShunpiTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.db.CompositePermissionCheck;
import org.camunda.bpm.engine.impl.db.PermissionCheck;
import org.camunda.bpm.engine.impl.db.PermissionCheckBuilder;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ours says of every right what the engine's own statement says of it. */
@ShunpiTest
class GrantsTest {

    private static final List<String> USERS = Arrays.asList("granted", "stranger", null);
    private static final List<List<String>> GROUPS =
            Arrays.asList(null, List.of(), List.of("some"), List.of("some", "other"), List.of("sales-manager"));
    private static final List<String> IDS = Arrays.asList(null, Authorization.ANY, "first", "second", "order-review");
    private static final List<Permission> OF_A_PROCESS = List.of(
            ProcessDefinitionPermissions.READ,
            ProcessDefinitionPermissions.READ_TASK,
            ProcessDefinitionPermissions.TASK_WORK,
            ProcessDefinitionPermissions.ALL);

    @Autowired
    AuthorizationService authorizationService;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    JdbcClient jdbc;

    private final List<String> granted = new ArrayList<>();

    @BeforeEach
    void grant() {
        Resource process = Resources.PROCESS_DEFINITION;
        grant(Authorization.AUTH_TYPE_GRANT, "granted", null, process, "first", ProcessDefinitionPermissions.READ);
        grant(Authorization.AUTH_TYPE_GRANT, null, "some", process, "first", ProcessDefinitionPermissions.TASK_WORK);
        grant(Authorization.AUTH_TYPE_GRANT, null, "some", process, "second", ProcessDefinitionPermissions.READ_TASK);
        grant(Authorization.AUTH_TYPE_GRANT, null, "other", process, "*", ProcessDefinitionPermissions.READ);
        grant(Authorization.AUTH_TYPE_GRANT, null, "other", process, "second", ProcessDefinitionPermissions.ALL);
        grant(Authorization.AUTH_TYPE_GRANT, null, "other", Resources.TASK, "*", TaskPermissions.UPDATE);
        grant(Authorization.AUTH_TYPE_GLOBAL, "*", null, process, "second", ProcessDefinitionPermissions.READ);
    }

    private void grant(int type, String user, String group, Resource resource, String id, Permission permission) {
        Authorization authorization = authorizationService.createNewAuthorization(type);
        if (user != null) {
            authorization.setUserId(user);
        }
        if (group != null) {
            authorization.setGroupId(group);
        }
        authorization.setResource(resource);
        authorization.setResourceId(id);
        authorization.addPermission(permission);
        granted.add(authorizationService.saveAuthorization(authorization).getId());
    }

    @AfterEach
    void takeBack() {
        granted.forEach(authorizationService::deleteAuthorization);
    }

    @Test
    void oneRight() {
        List<Boolean> answers = new ArrayList<>();
        for (String id : IDS) {
            Stream.concat(
                            OF_A_PROCESS.stream().map(right -> check(Resources.PROCESS_DEFINITION, id, right)),
                            Stream.of(
                                    check(Resources.TASK, id, TaskPermissions.UPDATE),
                                    check(Resources.USER, id, Permissions.READ)))
                    .forEach(check -> everybody((user, groups) ->
                            answers.add(same(user, groups, manager -> manager.isAuthorized(user, groups, check)))));
        }
        assertThat(answers).contains(true, false);
    }

    @Test
    void severalRights() {
        List<Boolean> answers = new ArrayList<>();
        for (String id : IDS) {
            everybody((user, groups) -> {
                answers.add(same(
                        user, groups, asks(user, groups, () -> both(builder().disjunctive(), id))));
                answers.add(same(
                        user, groups, asks(user, groups, () -> both(builder().conjunctive(), id))));
            });
        }
        assertThat(answers).contains(true, false);
    }

    private static PermissionCheckBuilder builder() {
        return new PermissionCheckBuilder();
    }

    private static CompositePermissionCheck both(PermissionCheckBuilder rights, String id) {
        return rights.atomicCheckForResourceId(Resources.PROCESS_DEFINITION, id, ProcessDefinitionPermissions.READ)
                .atomicCheckForResourceId(Resources.PROCESS_DEFINITION, "first", ProcessDefinitionPermissions.TASK_WORK)
                .build();
    }

    /** The builder asks the command's settings. */
    private static Question asks(String user, List<String> groups, Supplier<CompositePermissionCheck> check) {
        return manager -> manager.isAuthorized(user, groups, check.get());
    }

    private static PermissionCheck check(Resource resource, String id, Permission permission) {
        PermissionCheck check = new PermissionCheck();
        check.setResource(resource);
        check.setResourceId(id);
        check.setPermission(permission);
        return check;
    }

    private static void everybody(Asked asked) {
        USERS.forEach(user -> GROUPS.forEach(groups -> asked.by(user, groups)));
    }

    private boolean same(String user, List<String> groups, Question question) {
        return engine.getCommandExecutorTxRequired().execute(context -> {
            boolean known = question.to(new AuthorizationManager());
            assertThat(question.to(new QueueAuthorizationManager(() -> jdbc)))
                    .as("%s in %s", user, groups)
                    .isEqualTo(known);
            return known;
        });
    }

    private interface Asked {
        void by(String user, List<String> groups);
    }

    private interface Question {
        boolean to(AuthorizationManager manager);
    }
}
