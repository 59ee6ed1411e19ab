package com.shunpi.oidc;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The application in a process of its own: of the engine there is one per process. Without what only tests bring along. */
final class Installation implements AutoCloseable {

    private static final Pattern GREETING = Pattern.compile("http://localhost:(\\d+)");

    private final Process process;
    private final List<String> log = new ArrayList<>();

    private Installation(Process process) {
        this.process = process;
    }

    /** Starts it on this port with these settings, and waits until it answers. */
    static Installation start(int port, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                classPath(),
                "com.shunpi.ShunpiApplication",
                "--spring.datasource.url=jdbc:h2:mem:oidc;DB_CLOSE_DELAY=-1",
                "--server.port=" + port,
                "--management.server.port=0",
                "--shunpi.scheduling=false",
                "--shunpi.demo-orders=false",
                "--camunda.bpm.job-execution.enabled=false"));
        command.addAll(List.of(settings));
        Installation installation = new Installation(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        BufferedReader output = installation.process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            installation.log.add(line);
            Matcher greeting = GREETING.matcher(line);
            if (greeting.find()) {
                Thread rest = new Thread(() -> installation.read(output));
                rest.setDaemon(true);
                rest.start();
                return installation;
            }
        }
        throw new IllegalStateException("It did not start:\n" + String.join("\n", installation.log));
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes")
                        && !entry.contains("authorization-server")
                        && !entry.contains("resource-server"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (this) {
                    log.add(line);
                }
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    /** What it has logged so far. */
    synchronized String log() {
        return String.join("\n", log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
