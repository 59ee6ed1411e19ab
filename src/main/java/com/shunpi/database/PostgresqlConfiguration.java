package com.shunpi.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Keeps a PostgreSQL that has vanished without a word (its machine froze, a firewall forgot the connection) from holding
 * our threads for ever, as the driver would let it. Seconds; the same parameter in {@code spring.datasource.url} wins.
 */
@Configuration(proxyBeanMethods = false)
class PostgresqlConfiguration {

    static final Map<String, String> PATIENCE = Map.of(
            "connectTimeout", "5",
            // until the server has let us in
            "loginTimeout", "8",
            // of silence while a statement runs: no statement of ours takes as long
            "socketTimeout", "60",
            // of silence between two statements of a transaction: whoever hangs there holds locks that others wait for
            "options", "-c idle_in_transaction_session_timeout=120000",
            "tcpKeepAlive", "true");

    @Bean
    static BeanPostProcessor impatientPostgresql() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool
                        && pool.getJdbcUrl() != null
                        && pool.getJdbcUrl().startsWith("jdbc:postgresql:")) {
                    PATIENCE.forEach(
                            (property, value) -> pool.getDataSourceProperties().putIfAbsent(property, value));
                }
                return bean;
            }
        };
    }
}
