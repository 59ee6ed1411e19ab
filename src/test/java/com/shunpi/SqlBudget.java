package com.shunpi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a case is known to say to the database, step by step and table by table, kept in {@code src/test/resources/sql} for
 * each database: to PostgreSQL the engine writes all it has changed at once. A case
 * that says something else fails the build, whether it is more or less: the table is what the documents quote. To accept a
 * change on purpose: {@code mvn test -Dtest=<the test> -Dshunpi.sql-budget=accept}, the same with {@code surefire:test@postgresql},
 * and commit the tables.
 */
public final class SqlBudget {

    private static final String HEADER = "step,table,verb,round trips,statements";

    private SqlBudget() {}

    /**
     * Compares with the table of this name, and writes {@code target/sql-budget/<database>/<name>.md}.
     *
     * @param steps in their order
     */
    public static void check(String name, Map<String, SqlCounts> steps) {
        String database = System.getProperty("shunpi.test.database", "h2");
        Path table = Path.of("src/test/resources/sql", database, name + ".csv");
        write(Path.of("target/sql-budget", database, name + ".md"), report(steps));
        List<String> said = lines(steps);
        if ("accept".equals(System.getProperty("shunpi.sql-budget"))) {
            write(table, HEADER + "\n" + String.join("\n", said) + "\n");
            return;
        }
        List<String> differences = differences(byLine(read(table)), byLine(said));
        if (!differences.isEmpty()) {
            throw new AssertionError(
                    "The case says something else to the database than " + table + " knows:\n  "
                            + String.join("\n  ", differences)
                            + "\nIf that is meant: mvn test -Dtest=<this test> -Dshunpi.sql-budget=accept, and commit the table.");
        }
    }

    private static List<String> lines(Map<String, SqlCounts> steps) {
        List<String> lines = new ArrayList<>();
        steps.forEach((step, said) -> said.lines()
                .forEach((line, tally) -> lines.add(String.join(
                        ",",
                        step,
                        line.table(),
                        line.verb(),
                        String.valueOf(tally.trips()),
                        String.valueOf(tally.statements())))));
        return lines;
    }

    /** "step: table verb" with "trips round trips, statements statements". */
    private static SortedMap<String, String> byLine(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(","))
                .collect(Collectors.toMap(
                        part -> part[0] + ": " + part[1] + " " + part[2],
                        part -> part[3] + " round trips with " + part[4] + " statements",
                        (first, second) -> {
                            throw new IllegalStateException("twice in the table: " + first);
                        },
                        TreeMap::new));
    }

    private static List<String> differences(SortedMap<String, String> known, SortedMap<String, String> said) {
        SortedMap<String, String> all = new TreeMap<>(known);
        all.putAll(said);
        return all.keySet().stream()
                .filter(line -> !known.getOrDefault(line, "none").equals(said.getOrDefault(line, "none")))
                .map(line -> line + ": " + said.getOrDefault(line, "none") + ", known are "
                        + known.getOrDefault(line, "none"))
                .toList();
    }

    private static String report(Map<String, SqlCounts> steps) {
        StringBuilder report = new StringBuilder(
                "| step | round trips | of them engine | ours | commits | statements |\n|---|--:|--:|--:|--:|--:|\n");
        steps.forEach((step, said) -> row(report, step, said));
        SqlCounts sum = steps.values().stream().reduce(SqlCounts.NOTHING, SqlCounts::plus);
        row(report, "**all**", sum);
        report.append("\n| table | round trips | statements |\n|---|--:|--:|\n");
        sum.lines().entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().table(),
                        TreeMap::new,
                        Collectors.reducing(SqlCounts.Tally.NONE, Map.Entry::getValue, SqlCounts.Tally::plus)))
                .forEach((table, tally) ->
                        report.append("| `%s` | %d | %d |%n".formatted(table, tally.trips(), tally.statements())));
        return report.toString();
    }

    private static void row(StringBuilder report, String step, SqlCounts said) {
        report.append("| %s | %d | %d | %d | %d | %d |%n"
                .formatted(
                        step,
                        said.trips(),
                        said.engine().trips(),
                        said.ours().trips(),
                        said.commits() + said.commitsOfReads(),
                        said.statements()));
    }

    private static List<String> read(Path table) {
        try {
            return Files.exists(table)
                    ? Files.readAllLines(table).stream()
                            .filter(line -> !line.isBlank() && !line.equals(HEADER))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
