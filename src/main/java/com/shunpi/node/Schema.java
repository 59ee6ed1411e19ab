package com.shunpi.node;

import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** What a start does with the tables of the database: the property {@code shunpi.schema} (ADR 0033). */
public enum Schema {
    /** Brings them up to date, then serves. */
    UPDATE,
    /** Brings them up to date and ends, with 0 when all went well. Deploys nothing, serves nobody. */
    MIGRATE,
    /** Makes them on an empty database; else refuses to start when they are not those of this version, and changes nothing. */
    CHECK;

    /** @throws IllegalArgumentException when it is none of the three words */
    public static Schema of(Environment environment) {
        return valueOf(environment.getProperty("shunpi.schema", "update").toUpperCase(Locale.ROOT));
    }

    /** Who only migrates opens no port, runs no worker and has no demo company. */
    public static final class Quietly implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            if (of(event.getEnvironment()) == MIGRATE) {
                event.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource(
                                "migrate",
                                Map.of(
                                        "server.port", -1,
                                        "management.server.port", -1,
                                        "shunpi.scheduling", false,
                                        "shunpi.demo", false,
                                        "camunda.bpm.job-execution.enabled", false)));
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OurTables {

        @Bean
        FlywayMigrationStrategy ourTables(Environment environment) {
            return flyway -> {
                if (of(environment) != CHECK || isEmpty(flyway)) {
                    flyway.migrate();
                } else {
                    validate(flyway);
                }
            };
        }

        /** Nobody works on it yet, so that there is nothing to be careful of. */
        private static boolean isEmpty(Flyway flyway) {
            return flyway.info().applied().length == 0;
        }

        private static void validate(Flyway flyway) {
            try {
                flyway.validate();
            } catch (FlywayValidateException e) {
                throw new IllegalStateException("数据库的表与本版本不符。请先用本版本运行一次 SHUNPI_SCHEMA=migrate bin/shunpi，再启动各台服务器。", e);
            }
        }
    }
}
