package com.shunpi.benchmark;

import com.shunpi.ShunpiApplication;
import com.shunpi.workflow.EngineMappings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** The whole application as it is delivered, with the demo company's people; background workers rest, so that nothing else runs. */
public final class Shunpi {

    private Shunpi() {}

    /** The address of the database stands in system properties; the pool is that of every contender. */
    public static ConfigurableApplicationContext start(DataSource database, Map<String, Class<?>> more) {
        SpringApplication spring = new SpringApplication(ShunpiApplication.class);
        EngineMappings mappings = new EngineMappings();
        spring.addListeners(mappings);
        spring.addInitializers(mappings, context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean("dataSource", DataSource.class, () -> database);
            beans.registerBean(NothingOfTheTests.class);
            more.forEach((name, type) -> beans.registerBean(name, type));
        });
        return spring.run(
                "--server.port=0",
                "--management.server.port=-1",
                "--shunpi.demo-orders=false",
                "--shunpi.scheduling=false");
    }

    /** The diagram of the two-step approval. */
    public static InputStream twoStep() {
        return Models.twoStep();
    }

    /** Logs a person in on this thread, as a request does. */
    public static void login(IdentityService identityService, Contender.Step step) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(step.user(), null, List.of()));
        identityService.setAuthentication(step.user(), List.of(step.group()));
    }

    public static void logout(IdentityService identityService) {
        identityService.clearAuthentication();
        SecurityContextHolder.clearContext();
    }

    /** The benchmark is compiled with the tests; their beans are none of the application's. */
    static final class NothingOfTheTests extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
            return type.getResource().getURL().toString().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NothingOfTheTests;
        }

        @Override
        public int hashCode() {
            return NothingOfTheTests.class.hashCode();
        }
    }
}
