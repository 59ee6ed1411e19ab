package com.shunpi.benchmark;

import com.shunpi.benchmark.Benchmark.Kind;
import com.shunpi.benchmark.Benchmark.Measurement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures beside their targets, as Markdown, and every measurement as CSV. */
final class Report {

    private static final double ENGINE_TRIPS = 54;
    private static final double ORDER_TRIPS = 1.25;
    private static final double ORDER_TIME = 1.35;
    private static final double RATE = 1.3;
    private static final double CONTROL = 0.1;

    private final StringBuilder settings = new StringBuilder();
    private final List<Count> counts = new ArrayList<>();
    private final List<String> databases = new ArrayList<>();
    private List<Measurement> measurements = List.of();

    /** What was said to one table in one action of all the cases counted. */
    private record Line(String action, String table, String verb, int times, int trips, int statements) {

        static Line of(String text) {
            String[] words = text.split("\t");
            return new Line(
                    words[0],
                    words[1],
                    words[2],
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]),
                    Integer.parseInt(words[5]));
        }

        boolean isEngine() {
            return table.startsWith("act_");
        }
    }

    private record Count(String database, Engine engine, boolean claimed, int cases, List<Line> lines) {

        double trips(Predicate<Line> which) {
            return lines.stream().filter(which).mapToInt(Line::trips).sum() / (double) cases;
        }

        double trips() {
            return trips(line -> true);
        }

        double engineTrips() {
            return trips(Line::isEngine);
        }

        double statements() {
            return lines.stream().mapToInt(Line::statements).sum() / (double) cases;
        }

        double commits(String verb) {
            return lines.stream()
                            .filter(line -> line.verb().equals(verb))
                            .mapToInt(Line::times)
                            .sum()
                    / (double) cases;
        }
    }

    /** @param values one of each round, sorted */
    private record Spread(List<Double> values) {

        static Spread of(List<Double> values) {
            return new Spread(values.stream().sorted().toList());
        }

        double median() {
            int half = values.size() / 2;
            return values.size() % 2 == 1 ? values.get(half) : (values.get(half - 1) + values.get(half)) / 2;
        }

        String text(int decimals) {
            String number = "%." + decimals + "f";
            return (number + " (" + number + "–" + number + ")")
                    .formatted(median(), values.get(0), values.get(values.size() - 1));
        }
    }

    void database(Database database) throws SQLException {
        databases.add(database.name());
        settings.append("- ").append(database.settings()).append('\n');
    }

    void counted(String database, Engine engine, boolean claimed, int cases, List<String> lines) {
        counts.add(new Count(
                database, engine, claimed, cases, lines.stream().map(Line::of).toList()));
    }

    void measured(List<Measurement> all) {
        measurements = all;
    }

    void write(int rounds) throws IOException {
        Files.writeString(Benchmark.OUTPUT.resolve("rounds.csv"), csv());
        String text = heading("Benchmark")
                + settings
                + "- contenders: " + String.join(" ", Database.JVM) + ", pool of " + Worker.POOL + "\n"
                + "- medians of " + rounds + " rounds in turn, least and greatest in brackets\n"
                + "- load at the end: " + load() + "\n"
                + noise()
                + targets()
                + times()
                + countTable()
                + byTable();
        Benchmark.write("results.md", text);
    }

    static String heading(String title) {
        return "# " + title + "\n\n- " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", "
                + Runtime.getRuntime().availableProcessors() + " × " + processor() + ", Java "
                + System.getProperty("java.version") + ", load at " + load() + "\n";
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String load() {
        return "%.1f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    // --- targets -----------------------------------------------------------------------------------------------------

    private String targets() {
        StringBuilder table = new StringBuilder("\n## Targets\n\n| | target | figure | |\n|---|--:|--:|---|\n");
        for (String database : databases) {
            Count approval = count(database, Engine.SHUNPI, false);
            target(
                    table,
                    database,
                    "engine round trips of a two-step approval, ours",
                    "≤ 54",
                    number(approval.engineTrips()),
                    approval.engineTrips() <= ENGINE_TRIPS);
            Count ours = count(database, Engine.SHUNPI_ORDER, false);
            double trips =
                    ours.trips() / count(database, Engine.BARE_ORDER, false).trips();
            target(
                    table,
                    database,
                    "round trips of an order, ours : bare engine",
                    "≤ 1.25",
                    "%.2f".formatted(trips),
                    trips <= ORDER_TRIPS);
            double commits = ours.commits("commit");
            target(
                    table,
                    database,
                    "commits of an approval, one for each of its 3 actions, ours",
                    "3",
                    number(approval.commits("commit")),
                    approval.commits("commit") == 3);
            table.append(
                    "| %s: commits of an order, 3 actions, ours | | %s | |\n".formatted(database, number(commits)));
            Spread time = ratio(database, Benchmark.ORDER, Engine.SHUNPI_ORDER, Engine.BARE_ORDER);
            target(
                    table,
                    database,
                    "time of an order, ours : bare engine",
                    "≤ 1.35",
                    time.text(2),
                    time.median() <= ORDER_TIME);
            for (Kind kind : List.of(Benchmark.APPROVAL, Benchmark.APPROVAL_BY_MANY)) {
                for (Engine other : List.of(Engine.CAMUNDA, Engine.FLOWABLE)) {
                    Spread rate = ratio(database, kind, other, Engine.SHUNPI);
                    target(
                            table,
                            database,
                            "rate of " + kind.name() + ", ours : " + other.label,
                            "≥ 1.3",
                            rate.text(2),
                            rate.median() >= RATE);
                }
                Spread control = control(database, kind);
                table.append("| %s: control, rate of %s, operaton : camunda | 0.9–1.1 | %s | %s |\n"
                        .formatted(
                                database, kind.name(), control.text(2), isQuiet(control) ? "in order" : "**noise**"));
            }
        }
        return table.toString();
    }

    /** Two engines that are nearly the same one: what differs is the machine. */
    private Spread control(String database, Kind kind) {
        return ratio(database, kind, Engine.CAMUNDA, Engine.OPERATON);
    }

    private static boolean isQuiet(Spread control) {
        return Math.abs(control.median() - 1) <= CONTROL;
    }

    private String noise() {
        boolean quiet = databases.stream()
                .allMatch(database -> Stream.of(Benchmark.APPROVAL, Benchmark.APPROVAL_BY_MANY)
                        .allMatch(kind -> isQuiet(control(database, kind))));
        return quiet ? "" : "\n**The control is out of its bounds: the times of this run are noise.**\n";
    }

    private static void target(
            StringBuilder table, String database, String what, String target, String figure, boolean met) {
        table.append(
                "| %s: %s | %s | %s | %s |\n".formatted(database, what, target, figure, met ? "met" : "**missed**"));
    }

    // --- time --------------------------------------------------------------------------------------------------------

    private String times() {
        StringBuilder table = new StringBuilder(
                "\n## Time\n\n| database | case | contender | ms a case | cases a second |\n|---|---|---|--:|--:|\n");
        for (String database : databases) {
            for (Kind kind : List.of(Benchmark.ORDER, Benchmark.APPROVAL, Benchmark.APPROVAL_BY_MANY)) {
                for (Engine engine : kind.engines()) {
                    List<Double> nanos = nanos(database, kind, engine);
                    table.append("| %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    database,
                                    kind.name(),
                                    engine.label,
                                    Spread.of(nanos.stream().map(n -> n / 1e6).toList())
                                            .text(2),
                                    Spread.of(nanos.stream()
                                                    .map(n -> kind.threads() * 1e9 / n)
                                                    .toList())
                                            .text(0)));
                }
            }
        }
        return table.toString();
    }

    private List<Double> nanos(String database, Kind kind, Engine engine) {
        return measurements.stream()
                .filter(one -> one.database().equals(database) && one.kind() == kind && one.engine() == engine)
                .map(one -> (double) one.nanos())
                .toList();
    }

    /** Time of one by time of the other, round by round. */
    private Spread ratio(String database, Kind kind, Engine one, Engine other) {
        List<Double> ones = nanos(database, kind, one);
        List<Double> others = nanos(database, kind, other);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ones.size(); i++) {
            ratios.add(ones.get(i) / others.get(i));
        }
        return Spread.of(ratios);
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("database,case,round,contender,nanoseconds_per_case\n");
        measurements.forEach(one -> csv.append("%s,\"%s\",%d,%s,%d\n"
                .formatted(one.database(), one.kind().name(), one.round(), one.engine().label, one.nanos())));
        return csv.toString();
    }

    // --- counts ------------------------------------------------------------------------------------------------------

    private Count count(String database, Engine engine, boolean claimed) {
        return counts.stream()
                .filter(one -> one.database().equals(database) && one.engine() == engine && one.claimed() == claimed)
                .findFirst()
                .orElseThrow();
    }

    private String countTable() {
        StringBuilder table = new StringBuilder("\n## Counts of a case\n\n"
                + "| database | case | contender | round trips | of them on the engine's tables | statements | commits"
                + " | commits of reads |\n|---|---|---|--:|--:|--:|--:|--:|\n");
        for (Count count : counts) {
            String kind = Benchmark.ORDER.engines().contains(count.engine()) ? "order" : "approval";
            table.append("| %s | %s | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            count.database(),
                            kind + (count.claimed() ? ", claimed" : ""),
                            count.engine().label,
                            number(count.trips()),
                            number(count.engineTrips()),
                            number(count.statements()),
                            number(count.commits("commit")),
                            number(count.commits("commit of reads"))));
        }
        return table.toString();
    }

    private String byTable() {
        return byTable("an order", Benchmark.ORDER.engines())
                + byTable("an approval, not claimed", List.of(Engine.SHUNPI, Engine.CAMUNDA, Engine.FLOWABLE));
    }

    /** The same on each database but for a few statements of the engines'. */
    private String byTable(String what, List<Engine> engines) {
        List<Count> contenders = engines.stream()
                .map(engine -> count(databases.get(0), engine, false))
                .toList();
        Map<String, List<Double>> steps = new LinkedHashMap<>();
        Map<String, List<Double>> tables = new TreeMap<>();
        for (Count count : contenders) {
            for (Line line : count.lines()) {
                steps.computeIfAbsent(
                        line.action(),
                        action -> trips(contenders, other -> other.action().equals(action)));
                tables.computeIfAbsent(
                        line.table() + " | " + line.verb(),
                        table -> trips(
                                contenders,
                                other -> other.table().equals(line.table())
                                        && other.verb().equals(line.verb())));
            }
        }
        String labels = engines.stream().map(engine -> engine.label).collect(Collectors.joining(" | "));
        String lines = "--:|".repeat(engines.size()) + "\n";
        return "\n## Round trips of " + what + " (" + databases.get(0) + ")\n\n| step | " + labels + " |\n|---|" + lines
                + rows(steps) + "\n| table | statement | " + labels + " |\n|---|---|" + lines + rows(tables);
    }

    private static List<Double> trips(List<Count> contenders, Predicate<Line> which) {
        return contenders.stream().map(count -> count.trips(which)).toList();
    }

    private static String rows(Map<String, List<Double>> rows) {
        return rows.entrySet().stream()
                .map(row -> "| %s | %s |\n"
                        .formatted(
                                row.getKey(),
                                row.getValue().stream().map(Report::number).collect(Collectors.joining(" | "))))
                .collect(Collectors.joining());
    }

    /** Whole where it is, since every case says the same. */
    private static String number(double value) {
        return value == Math.rint(value) ? "%.0f".formatted(value) : "%.2f".formatted(value);
    }
}
