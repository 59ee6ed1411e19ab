package com.shunpi.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The diagrams, from the folders of the project, in which the benchmark runs. */
final class Models {

    private Models() {}

    static InputStream twoStep() {
        return read(Path.of("benchmark/models/two-step.bpmn"));
    }

    /** @param process key of one of our processes */
    static InputStream ours(String process) {
        return read(Path.of("processes", process + ".bpmn"));
    }

    private static InputStream read(Path file) {
        try {
            return new ByteArrayInputStream(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
