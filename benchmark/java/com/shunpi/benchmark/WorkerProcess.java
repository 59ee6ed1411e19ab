package com.shunpi.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} seen from outside. */
final class WorkerProcess implements AutoCloseable {

    private final Path log;
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    /** Returns when the contender is ready. */
    WorkerProcess(Engine engine, String url, String user, String password, Path log, List<String> jvm) {
        this.log = log;
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(jvm);
        command.addAll(
                List.of("-cp", engine.classPath(), Worker.class.getName(), engine.contender, url, user, password));
        try {
            process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        answer();
    }

    String ask(String order) {
        orders.println(order);
        return answer();
    }

    List<String> askForLines(String order) {
        List<String> lines = new ArrayList<>();
        orders.println(order);
        for (String line = answer(); !line.equals("end"); line = answer()) {
            lines.add(line);
        }
        return lines;
    }

    private String answer() {
        try {
            String line;
            do {
                line = answers.readLine();
                if (line == null) {
                    throw new IllegalStateException("a contender gave up, see " + log);
                }
                // the virtual machine may have something to say as well
            } while (!line.startsWith(Worker.ANSWER));
            return line.substring(Worker.ANSWER.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        orders.println("quit");
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
