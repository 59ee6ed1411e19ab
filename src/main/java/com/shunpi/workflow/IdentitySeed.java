package com.shunpi.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The groups of the department, and somebody who may administer it: in the demo company its people, in production one
 * administrator whose password comes from the environment. Changes nothing that is already there.
 */
@Component
class IdentitySeed {

    static final String DEMO_PASSWORD = "demo";
    static final String ADMINISTRATOR = "admin";

    /** Reads the metrics and nothing else. */
    static final String MONITORING = "monitoring";

    private static final Map<String, String> GROUPS = new LinkedHashMap<>();
    private static final List<DemoUser> DEMO_USERS = List.of(
            new DemoUser("assistant1", "王芳", Groups.SALES_ASSISTANT),
            new DemoUser("assistant2", "李娜", Groups.SALES_ASSISTANT),
            new DemoUser("rep1", "张伟", Groups.SALES_REP),
            new DemoUser("rep2", "刘洋", Groups.SALES_REP),
            new DemoUser("manager", "陈静", Groups.SALES_MANAGER),
            new DemoUser("director", "杨磊", Groups.SALES_DIRECTOR),
            new DemoUser("gm", "赵建国", Groups.GENERAL_MANAGER),
            new DemoUser("finance1", "黄敏", Groups.FINANCE),
            new DemoUser("finance2", "周婷", Groups.FINANCE),
            new DemoUser("warehouse1", "吴强", Groups.WAREHOUSE),
            new DemoUser("warehouse2", "徐勇", Groups.WAREHOUSE),
            new DemoUser("technical1", "孙涛", Groups.TECHNICAL),
            new DemoUser("purchasing1", "马丽", Groups.PURCHASING),
            new DemoUser("owner", "朱明", Groups.PROCESS_OWNER),
            new DemoUser("owner2", "胡军", Groups.PROCESS_OWNER),
            new DemoUser(ADMINISTRATOR, "林涛", Groups.ADMIN));

    static {
        GROUPS.put(Groups.SALES_ASSISTANT, "销售助理");
        GROUPS.put(Groups.SALES_REP, "业务员");
        GROUPS.put(Groups.SALES_MANAGER, "销售经理");
        GROUPS.put(Groups.SALES_DIRECTOR, "销售总监");
        GROUPS.put(Groups.GENERAL_MANAGER, "总经理");
        GROUPS.put(Groups.FINANCE, "财务");
        GROUPS.put(Groups.WAREHOUSE, "仓库");
        GROUPS.put(Groups.TECHNICAL, "技术 / 品质");
        GROUPS.put(Groups.PURCHASING, "采购");
        GROUPS.put(Groups.PROCESS_OWNER, "流程负责人");
        GROUPS.put(Groups.ADMIN, "系统管理员");
        GROUPS.put(MONITORING, "监控");
    }

    private final IdentityService identityService;
    private final ProcessEngineConfigurationImpl engine;
    private final boolean demo;
    private final String administratorPassword;

    IdentitySeed(
            IdentityService identityService,
            ProcessEngineConfigurationImpl engine,
            @Value("${shunpi.demo}") boolean demo,
            @Value("${SHUNPI_ADMIN_PASSWORD:}") String administratorPassword) {
        this.identityService = identityService;
        this.engine = engine;
        this.demo = demo;
        this.administratorPassword = administratorPassword;
    }

    /** @throws IllegalStateException in production, when the administrator's password is missing, weak or the demo one */
    void seed() {
        if (!demo) {
            refuseDemoPasswords();
        }
        GROUPS.forEach(this::group);
        if (demo) {
            DEMO_USERS.forEach(this::demoUser);
        } else {
            administrator();
        }
    }

    /** Demo accounts as a person reads them, by role; empty in production. */
    Map<String, List<String>> demoAccounts() {
        return demo
                ? DEMO_USERS.stream()
                        .collect(Collectors.groupingBy(
                                user -> GROUPS.get(user.group()),
                                LinkedHashMap::new,
                                Collectors.mapping(DemoUser::id, Collectors.toList())))
                : Map.of();
    }

    static Set<String> groups() {
        return GROUPS.keySet();
    }

    static String nameOf(String group) {
        return GROUPS.getOrDefault(group, group);
    }

    private void group(String id, String name) {
        if (identityService.createGroupQuery().groupId(id).count() == 0) {
            Group group = identityService.newGroup(id);
            group.setName(name);
            group.setType("WORKFLOW");
            identityService.saveGroup(group);
        }
    }

    private void demoUser(DemoUser demoUser) {
        if (exists(demoUser.id())) {
            return;
        }
        User user = identityService.newUser(demoUser.id());
        user.setFirstName(demoUser.name());
        // shown behind the name; without it the web applications write "null" there
        user.setLastName(nameOf(demoUser.group()));
        user.setEmail(demoUser.id() + "@demo.shunpi.example");
        user.setPassword(DEMO_PASSWORD);
        // the only password that the policy does not see: production refuses to start with it
        ((IdentityServiceImpl) identityService).saveUser(user, true);
        identityService.createMembership(demoUser.id(), demoUser.group());
    }

    private void administrator() {
        boolean there =
                identityService.createUserQuery().memberOfGroup(Groups.ADMIN).count() > 0;
        if (administratorPassword.isEmpty()) {
            if (there) {
                return;
            }
            throw new IllegalStateException("生产环境须在环境变量 SHUNPI_ADMIN_PASSWORD 中设置管理员密码。");
        }
        User user = identityService.newUser(ADMINISTRATOR);
        user.setFirstName("系统管理员");
        user.setLastName("");
        user.setPassword(administratorPassword);
        if (!StrongPassword.is(administratorPassword, user, identityService)) {
            throw new IllegalStateException("环境变量 SHUNPI_ADMIN_PASSWORD 中的密码太弱：" + StrongPassword.RULE + "。");
        }
        if (!there) {
            if (!exists(ADMINISTRATOR)) {
                identityService.saveUser(user);
            }
            identityService.createMembership(ADMINISTRATOR, Groups.ADMIN);
        }
    }

    /** A database that once served the demo company must not open its doors with everybody's password. */
    private void refuseDemoPasswords() {
        List<String> open = identityService.createUserQuery().list().stream()
                .map(UserEntity.class::cast)
                .filter(user -> engine.getPasswordManager()
                        .check(EncryptionUtil.saltPassword(DEMO_PASSWORD, user.getSalt()), user.getPassword()))
                .map(UserEntity::getId)
                .toList();
        if (!open.isEmpty()) {
            throw new IllegalStateException("生产环境不允许使用演示密码，请先为以下账号修改密码：" + String.join("、", open));
        }
    }

    private boolean exists(String userId) {
        return identityService.createUserQuery().userId(userId).count() > 0;
    }

    private record DemoUser(String id, String name, String group) {}
}
