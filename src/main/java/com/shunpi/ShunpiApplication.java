package com.shunpi;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the approval system. */
@SpringBootApplication
public class ShunpiApplication {

    public static void main(String[] args) {
        SpringApplication.run(ShunpiApplication.class, args);
    }
}
