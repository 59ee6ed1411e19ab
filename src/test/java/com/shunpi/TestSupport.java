package com.shunpi;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** What every integration test stands on: H2 in memory, or PostgreSQL with {@code -Dshunpi.test.database=postgresql}. */
@TestConfiguration(proxyBeanMethods = false)
public class TestSupport {

    @Bean
    @Primary
    MutableClock mutableClock() {
        MutableClock clock = new MutableClock();
        clock.reset();
        return clock;
    }

    @Bean
    FlowCoverage flowCoverage() {
        return new FlowCoverage();
    }

    @Bean
    Login login(IdentityService identityService) {
        return new Login(identityService);
    }

    @Bean
    static SqlCounter sqlCounter() {
        return new SqlCounter();
    }

    /** Puts the counter before the pool, so that it hears what the application says and nothing else. */
    @Bean
    static BeanPostProcessor countedDataSource(ObjectProvider<SqlCounter> counter) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource database ? counter.getObject().count(database) : bean;
            }
        };
    }

    /** A real PostgreSQL that the build brings along. */
    @TestConfiguration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "shunpi.test.database", havingValue = "postgresql")
    static class PostgreSql {

        @Bean(destroyMethod = "close")
        EmbeddedPostgres embeddedPostgres() throws IOException {
            // the context closes it last; its own shutdown hook would close it under the engine's feet
            return EmbeddedPostgres.builder().setRegisterShutdownHook(false).start();
        }

        @Bean
        @Primary
        DataSource dataSource(EmbeddedPostgres server) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
            pool.setMaximumPoolSize(40);
            return pool;
        }
    }
}
