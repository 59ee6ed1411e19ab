package com.shunpi.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Who takes part, and where its classes are. */
enum Engine {
    SHUNPI_ORDER("ours", "com.shunpi.order.ShunpiOrder", "shunpi"),
    BARE_ORDER("bare", "com.shunpi.benchmark.BareOrder", "shunpi"),
    SHUNPI("ours", "com.shunpi.workflow.ShunpiTwoStep", "shunpi"),
    CAMUNDA("camunda", "com.shunpi.benchmark.CamundaTwoStep", "shunpi"),
    FLOWABLE("flowable", "com.shunpi.benchmark.FlowableTwoStep", "flowable"),
    OPERATON("operaton", "com.shunpi.benchmark.OperatonTwoStep", "operaton");

    private static final List<String> SHARED = List.of("postgresql-", "h2-", "HikariCP-", "datasource-proxy-");

    final String label;
    final String contender;
    private final String project;

    Engine(String label, String contender, String project) {
        this.label = label;
        this.contender = contender;
        this.project = project;
    }

    /** The engine's own libraries in their own versions; driver, pool and counter are everybody's. */
    String classPath() {
        List<String> path = new ArrayList<>();
        if (!project.equals("shunpi")) {
            path.add("benchmark/" + project + "/target/classes");
        }
        path.add("target/classes");
        path.add("target/test-classes");
        path.addAll(List.of(libraries()));
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = new File(jar).getName();
            if (SHARED.stream().anyMatch(name::startsWith)) {
                path.add(jar);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private String[] libraries() {
        try {
            return Files.readString(Benchmark.OUTPUT.resolve(project + ".classpath"))
                    .strip()
                    .split(File.pathSeparator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
