package com.shunpi;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The modules depend on each other only as their {@code package-info} allows, and never in a circle. */
class ModularityTest {

    @Test
    void modulesKeepToTheirAllowedDependencies() {
        ApplicationModules.of(ShunpiApplication.class).verify();
    }
}
