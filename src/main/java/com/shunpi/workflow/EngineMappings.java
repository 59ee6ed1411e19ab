package com.shunpi.workflow;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.ibatis.builder.xml.XMLConfigBuilder;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ReflectUtil;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Reads the engine's SQL mappings while Spring is still looking for beans. It is a third of the work of a start, and the
 * second core has nothing to do then. Where the application is not started by its main class, or on a database that is not
 * foreseen, the engine reads them itself when it needs them.
 */
public final class EngineMappings
        implements ApplicationListener<ApplicationEnvironmentPreparedEvent>,
                ApplicationContextInitializer<ConfigurableApplicationContext> {

    private CompletableFuture<Configuration> mappings;

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        String database = database(event.getEnvironment().getProperty("spring.datasource.url", ""));
        if (database != null) {
            mappings = CompletableFuture.supplyAsync(() -> read(database), work -> {
                Thread thread = new Thread(work, "engine-mappings");
                thread.setDaemon(true);
                thread.start();
            });
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("engineMappings", this);
    }

    /** The engine's name for the database; null for one it has to find out itself. */
    private static String database(String url) {
        return url.startsWith("jdbc:h2:") ? "h2" : url.startsWith("jdbc:postgresql:") ? "postgres" : null;
    }

    /** As the engine does it. */
    private static Configuration read(String database) {
        Properties properties = new Properties();
        properties.put("prefix", "");
        ProcessEngineConfigurationImpl.initSqlSessionFactoryProperties(properties, "", database);
        try (Reader xml = new InputStreamReader(
                ReflectUtil.getResourceAsStream(ProcessEngineConfigurationImpl.DEFAULT_MYBATIS_MAPPING_FILE),
                StandardCharsets.UTF_8)) {
            return new XMLConfigBuilder(xml, "", properties).parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void handTo(ProcessEngineConfigurationImpl engine) {
        if (mappings == null || !engine.getDatabaseTablePrefix().isEmpty()) {
            return;
        }
        Configuration configuration = mappings.join();
        configuration.setEnvironment(
                new Environment("default", new ManagedTransactionFactory(), engine.getDataSource()));
        configuration.setDefaultStatementTimeout(engine.getJdbcStatementTimeout());
        if (engine.isJdbcBatchProcessing()) {
            configuration.setDefaultExecutorType(ExecutorType.BATCH);
        }
        engine.setSqlSessionFactory(new DefaultSqlSessionFactory(configuration));
    }
}
