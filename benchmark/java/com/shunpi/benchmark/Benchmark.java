package com.shunpi.benchmark;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Measures our cases against the bare engine, and our engine against others, each in a process of its own, one at a time, in
 * turn. Run by {@code mvn -Pbenchmark}; docs/performance.md says what the figures mean.
 *
 * <pre>
 * --quick             one or two minutes, to see that it works
 * --rounds N          measured rounds; 20, short ones: what disturbs the machine disturbs both of a pair
 * --warm-up N         rounds before them; 30
 * --cases N           cases of a round, of each contender; 50
 * --database NAME     postgresql or h2; both
 * --memory N          instead: so many approvals and a tenth as many orders in one process of 512 MB on PostgreSQL; the live heap
 * --jvm OPTION        for the contenders, several times if wanted
 * </pre>
 */
public final class Benchmark {

    private static final List<Engine> ORDERS = List.of(Engine.SHUNPI_ORDER, Engine.BARE_ORDER);
    private static final List<Engine> APPROVALS =
            List.of(Engine.SHUNPI, Engine.CAMUNDA, Engine.FLOWABLE, Engine.OPERATON);
    private static final int MANY = 4;
    private static final int COUNTED = 20;
    /** Compilers and caches need that many before anything is measured. */
    private static final int FIRST_CASES = 400;

    static final Path OUTPUT = Path.of("target/benchmark");

    private final Options options;
    private final List<Measurement> measurements = new ArrayList<>();

    private Benchmark(Options options) {
        this.options = options;
    }

    /** @param name of the kind of case and how it was run */
    record Kind(String name, List<Engine> engines, int threads, boolean claimed) {

        String run(int cases) {
            return "run " + threads + " " + cases + " " + claimed;
        }
    }

    static final Kind ORDER = new Kind("order", ORDERS, 1, false);
    static final Kind APPROVAL = new Kind("approval", APPROVALS, 1, true);
    static final Kind APPROVAL_BY_MANY = new Kind("approval, " + MANY + " threads", APPROVALS, MANY, true);

    /** @param nanos of a case, users' actions alone */
    record Measurement(String database, Kind kind, int round, Engine engine, long nanos) {}

    private record Options(
            int rounds, int warmUp, int cases, int firstCases, List<String> databases, int memory, List<String> jvm) {

        static Options of(String[] arguments) {
            int rounds = 20;
            int warmUp = 30;
            int cases = 50;
            int firstCases = FIRST_CASES;
            int memory = 0;
            List<String> databases = List.of("postgresql", "h2");
            List<String> jvm = new ArrayList<>();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--quick" -> {
                        rounds = 1;
                        warmUp = 0;
                        cases = 20;
                        firstCases = 20;
                    }
                    case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                    case "--warm-up" -> warmUp = Integer.parseInt(arguments[++i]);
                    case "--cases" -> cases = Integer.parseInt(arguments[++i]);
                    case "--database" -> databases = List.of(arguments[++i]);
                    case "--memory" -> memory = Integer.parseInt(arguments[++i]);
                    case "--jvm" -> jvm.add(arguments[++i]);
                    default -> throw new IllegalArgumentException("unknown: " + arguments[i]);
                }
            }
            return new Options(rounds, warmUp, cases, firstCases, databases, memory, jvm);
        }
    }

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Files.createDirectories(OUTPUT);
        Options options = Options.of(arguments);
        if (options.memory > 0) {
            new Memory(options.memory, options.jvm).run();
        } else {
            new Benchmark(options).run();
        }
    }

    private void run() throws Exception {
        Report report = new Report();
        for (String name : options.databases) {
            try (Database database = Database.named(name)) {
                report.database(database);
                Map<Engine, WorkerProcess> workers = new EnumMap<>(Engine.class);
                try {
                    for (Engine engine : Engine.values()) {
                        say(name + ": " + engine + " starts");
                        workers.put(engine, database.worker(engine, options.jvm));
                    }
                    count(name, workers, report);
                    measure(database, workers);
                } finally {
                    workers.values().forEach(WorkerProcess::close);
                }
            }
        }
        report.measured(measurements);
        report.write(options.rounds);
    }

    private void count(String database, Map<Engine, WorkerProcess> workers, Report report) {
        workers.forEach((engine, worker) -> {
            // what is looked up once only is no part of a case
            worker.ask("run 1 " + COUNTED + " false");
            report.counted(database, engine, false, COUNTED, worker.askForLines("count " + COUNTED + " false"));
            if (APPROVALS.contains(engine)) {
                worker.ask("run 1 " + COUNTED + " true");
                report.counted(database, engine, true, COUNTED, worker.askForLines("count " + COUNTED + " true"));
            }
        });
    }

    private void measure(Database database, Map<Engine, WorkerProcess> workers) throws Exception {
        for (Engine engine : Engine.values()) {
            boolean claimed = APPROVALS.contains(engine);
            say(database.name() + ": " + engine + " warms up");
            workers.get(engine).ask("run " + MANY + " " + options.firstCases + " " + claimed);
        }
        for (int round = 1 - options.warmUp; round <= options.rounds; round++) {
            for (Kind kind : List.of(ORDER, APPROVAL, APPROVAL_BY_MANY)) {
                List<Engine> turn = new ArrayList<>(kind.engines());
                if (round % 2 == 0) {
                    Collections.reverse(turn);
                }
                StringBuilder line = new StringBuilder(database.name() + " " + kind.name() + ", round " + round + ":");
                for (Engine engine : turn) {
                    database.tidy(engine);
                    long nanos = Long.parseLong(workers.get(engine).ask(kind.run(options.cases)));
                    line.append("  %s %.2f ms".formatted(engine.label, nanos / 1e6));
                    if (round > 0) {
                        measurements.add(new Measurement(database.name(), kind, round, engine, nanos));
                    }
                }
                say(line.toString());
            }
        }
    }

    static void say(String line) {
        System.out.println(line);
    }

    static void write(String file, String text) throws IOException {
        Files.writeString(OUTPUT.resolve(file), text);
        say(text);
        say("→ " + OUTPUT.resolve(file));
    }
}
