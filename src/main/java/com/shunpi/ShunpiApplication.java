package com.shunpi;

import com.shunpi.node.Schema;
import com.shunpi.workflow.EngineMappings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the approval system. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ShunpiApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ShunpiApplication.class);
        EngineMappings mappings = new EngineMappings();
        application.addListeners(mappings, new Schema.Quietly());
        application.addInitializers(mappings);
        ConfigurableApplicationContext running = application.run(args);
        if (Schema.of(running.getEnvironment()) == Schema.MIGRATE) {
            System.exit(SpringApplication.exit(running));
        }
    }
}
