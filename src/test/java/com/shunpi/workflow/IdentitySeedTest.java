package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Production opens with no password that somebody could guess, and is never without an administrator. */
class IdentitySeedTest {

    private static ProcessEngine engine;
    private static IdentityService identityService;

    @BeforeAll
    static void engine() {
        ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        // a name of its own: the REST API of the shared context looks for the engine called "default"
        configuration.setProcessEngineName("identity-seed");
        configuration.setGeneralResourceWhitelistPattern("[a-zA-Z0-9-]+");
        configuration.setEnablePasswordPolicy(true);
        engine = configuration.buildProcessEngine();
        identityService = engine.getIdentityService();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @AfterEach
    void nobodyThere() {
        identityService.createUserQuery().list().forEach(user -> identityService.deleteUser(user.getId()));
        identityService.createGroupQuery().list().forEach(group -> identityService.deleteGroup(group.getId()));
    }

    @Test
    void productionRefusesToStartWithoutAPassword() {
        assertThatThrownBy(() -> seed(false, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SHUNPI_ADMIN_PASSWORD");
        assertThat(administrators()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "admin", "password", "12345678901", "Admin12345", "Aadmin!2345678"})
    void productionRefusesAWeakPassword(String password) {
        assertThatThrownBy(() -> seed(false, password))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("太弱");
        assertThat(administrators()).isZero();
    }

    @Test
    void productionRefusesADatabaseWithDemoPasswords() {
        seed(true, "");

        assertThatThrownBy(() -> seed(false, "Long-Enough-7")).hasMessageContaining("assistant1");
    }

    @Test
    void productionHasOneAdministratorAndNobodyElse() {
        seed(false, "Long-Enough-7");

        assertThat(identityService.createUserQuery().list())
                .extracting(User::getId)
                .containsExactly("admin");
        assertThat(identityService.checkPassword("admin", "Long-Enough-7")).isTrue();
        assertThat(administrators()).isOne();
    }

    @Test
    void aLaterStartKeepsThePasswordThatTheAdministratorChose() {
        seed(false, "Long-Enough-7");
        User admin = identityService.createUserQuery().userId("admin").singleResult();
        admin.setPassword("My-Own-Secret-8");
        identityService.saveUser(admin);

        seed(false, "Long-Enough-7");
        seed(false, "");

        assertThat(identityService.checkPassword("admin", "My-Own-Secret-8")).isTrue();
    }

    @Test
    void theDemoCompanyHasItsPeopleOnce() {
        seed(true, "");
        seed(true, "");

        assertThat(identityService.createUserQuery().list())
                .extracting(User::getId)
                .containsExactlyInAnyOrder(
                        "assistant1",
                        "assistant2",
                        "rep1",
                        "rep2",
                        "manager",
                        "director",
                        "gm",
                        "finance1",
                        "finance2",
                        "warehouse1",
                        "warehouse2",
                        "technical1",
                        "purchasing1",
                        "owner",
                        "owner2",
                        "admin");
        assertThat(identityService.checkPassword("assistant1", "demo")).isTrue();
        assertThat(identityService
                        .createGroupQuery()
                        .groupMember("gm")
                        .singleResult()
                        .getId())
                .isEqualTo("general-manager");
        assertThat(identityService
                        .createGroupQuery()
                        .groupId("sales-assistant")
                        .singleResult()
                        .getName())
                .isEqualTo("销售助理");
        assertThat(identityService.createUserQuery().userId("rep1").singleResult())
                .satisfies(rep -> {
                    assertThat(rep.getFirstName()).isEqualTo("张伟");
                    assertThat(rep.getEmail()).isEqualTo("rep1@demo.shunpi.example");
                });
        assertThat(administrators()).isOne();
    }

    private void seed(boolean demo, String password) {
        new IdentitySeed(
                        identityService,
                        (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration(),
                        demo,
                        password)
                .seed();
    }

    private long administrators() {
        return identityService.createUserQuery().memberOfGroup(Groups.ADMIN).count();
    }
}
