package com.shunpi.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Whether the application holds on to anything of the cases that went through it: the live heap, again and again. */
final class Memory {

    private static final int SAMPLES = 10;
    private static final int THREADS = 4;
    /** Bytes of a case that would be a leak: a single forgotten row of a case is several hundred. */
    private static final double LEAK = 100;

    private final int approvals;
    private final List<String> jvm;

    Memory(int approvals, List<String> jvm) {
        this.approvals = approvals;
        this.jvm = jvm;
    }

    void run() throws Exception {
        StringBuilder text = new StringBuilder(Report.heading("Memory"));
        text.append("One process on PostgreSQL, ")
                .append(String.join(" ", Database.JVM))
                .append(", ")
                .append(THREADS)
                .append(" threads; the heap that lives after a full collection.\n");
        try (Database database = Database.named("postgresql")) {
            text.append(watch(
                    database, Engine.SHUNPI, "two-step approvals, claimed and completed, to their end", approvals));
            text.append(watch(database, Engine.SHUNPI_ORDER, "orders, from intake to release", approvals / 10));
        }
        Benchmark.write("memory.md", text.toString());
    }

    private String watch(Database database, Engine engine, String what, int cases) throws Exception {
        int portion = Math.max(1, cases / SAMPLES);
        List<Double> heaps = new ArrayList<>();
        StringBuilder table = new StringBuilder("\n| " + what + " | live heap |\n|--:|--:|\n");
        try (WorkerProcess worker = database.worker(engine, jvm)) {
            for (int done = 0; done <= cases; done += portion) {
                if (done > 0) {
                    worker.ask("run " + THREADS + " " + portion + " " + (engine == Engine.SHUNPI));
                    database.tidy(engine);
                }
                heaps.add(Double.parseDouble(worker.ask("heap")));
                String row = "| %,d | %.1f MB |\n".formatted(done, heaps.get(heaps.size() - 1) / 1e6);
                Benchmark.say(row.strip());
                table.append(row);
            }
        }
        // before the first portion nothing has been loaded yet, and caches fill in the second
        double slope = slope(heaps.subList(Math.min(2, heaps.size() - 2), heaps.size())) / portion;
        return table
                + "\nSlope after the second row: %.0f bytes a case (target: below %.0f): **%s**\n"
                        .formatted(slope, LEAK, slope < LEAK ? "steady" : "grows");
    }

    /** Of the straight line that fits best, per step. */
    private static double slope(List<Double> values) {
        double middle = (values.size() - 1) / 2.0;
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double above = 0;
        double below = 0;
        for (int i = 0; i < values.size(); i++) {
            above += (i - middle) * (values.get(i) - mean);
            below += (i - middle) * (i - middle);
        }
        return below == 0 ? 0 : above / below;
    }
}
