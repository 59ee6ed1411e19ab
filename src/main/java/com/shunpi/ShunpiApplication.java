package com.shunpi;

import com.shunpi.workflow.EngineMappings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the approval system. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ShunpiApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(ShunpiApplication.class);
        EngineMappings mappings = new EngineMappings();
        application.addListeners(mappings);
        application.addInitializers(mappings);
        application.run(args);
    }
}
