package com.shunpi.database;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@link DurableH2DataSource} under the pool when the database is an H2 file (docs/adr/0003-h2-durability.md). */
@Configuration(proxyBeanMethods = false)
class DurableH2Configuration {

    @Bean
    static BeanPostProcessor durableH2() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && DurableH2DataSource.isFile(pool.getJdbcUrl())) {
                    pool.setDataSource(
                            new DurableH2DataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword()));
                }
                return bean;
            }
        };
    }
}
