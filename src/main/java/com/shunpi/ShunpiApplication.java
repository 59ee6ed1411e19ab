package com.shunpi;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the approval system. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ShunpiApplication {

    public static void main(String[] args) {
        SpringApplication.run(ShunpiApplication.class, args);
    }
}
