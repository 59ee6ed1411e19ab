package com.shunpi.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Puts {@link DurableH2DataSource} under the pool when the database is an H2 file (docs/adr/0003-h2-durability.md). */
@Configuration(proxyBeanMethods = false)
class DurableH2Configuration {

    private static final Logger log = LoggerFactory.getLogger(DurableH2Configuration.class);

    /** Bytes up to which nobody minds what a file is filled with. */
    private static final long SMALL = 16_000_000;

    /**
     * A write that fails, on a full disk for instance, closes the file for all its connections. They say nevertheless that
     * they are valid; with this question the pool finds out and opens the file anew.
     */
    private static final String TOUCHES_THE_FILE = "select count(*) from information_schema.schemata";

    @Bean
    static BeanPostProcessor durableH2() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && DurableH2DataSource.isFile(pool.getJdbcUrl())) {
                    pool.setConnectionTestQuery(TOUCHES_THE_FILE);
                    pool.setDataSource(compacted(
                            new DurableH2DataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword())));
                }
                return bean;
            }
        };
    }

    /**
     * The tables are made past the pool, and the file is closed after it. H2 2.4.240 evaluates a {@code CHECK … IN …} in the
     * session that made it, and refuses every change of the table once the pool has retired that connection; in a file that
     * is opened anew no session made it.
     */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    @Conditional(OnFile.class)
    DataSource tables(DataSourceProperties pool) {
        return new DurableH2DataSource(pool.determineUrl(), pool.determineUsername(), pool.determinePassword());
    }

    private static final class OnFile implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return DurableH2DataSource.isFile(context.getEnvironment().getProperty("spring.datasource.url"));
        }
    }

    private static DurableH2DataSource compacted(DurableH2DataSource file) {
        try {
            file.compact(SMALL);
        } catch (SQLException e) {
            // whoever opens it next says what is wrong with it
            log.warn("The database file was not looked at: {}", e.getMessage());
        }
        return file;
    }
}
