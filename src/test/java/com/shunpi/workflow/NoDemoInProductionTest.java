package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class NoDemoInProductionTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(NoDemoInProduction.class);

    @Test
    void productionDoesNotStartWithTheDemoAccounts() {
        application
                .withPropertyValues("spring.profiles.active=production", "shunpi.demo=true")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("SHUNPI_DEMO"));
    }

    @Test
    void itStartsWithoutThemAndTheDemoStartsWithThem() {
        application
                .withPropertyValues("spring.profiles.active=production", "shunpi.demo=false")
                .run(context -> assertThat(context).hasNotFailed());
        application
                .withPropertyValues("shunpi.demo=true")
                .run(context -> assertThat(context).hasNotFailed());
    }
}
