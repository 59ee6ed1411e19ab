package com.shunpi;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was said to the database, by table and verb. */
public record SqlCounts(SortedMap<Line, Tally> lines) {

    static final SqlCounts NOTHING = new SqlCounts(Collections.emptySortedMap());

    /**
     * @param table of the engine's {@code act_*} or of ours, in lower case; the first one where a statement names several; the
     *     name of the sequence where it asks for a number; {@value #TRANSACTION} for commits and rollbacks
     * @param verb {@code select}, {@code insert}, {@code update}, {@code delete}, {@code commit} …
     */
    public record Line(String table, String verb) implements Comparable<Line> {

        private static final String TRANSACTION = "(transaction)";
        static final Line COMMIT = new Line(TRANSACTION, "commit");
        /** The end of a transaction that only read. */
        static final Line COMMIT_OF_READS = new Line(TRANSACTION, "commit of reads");

        /** Set, released or gone back to. */
        static final Line SAVEPOINT = new Line(TRANSACTION, "savepoint");

        /** All that the engine has changed, with statements of several tables; those count as statements without a trip. */
        static final Line FLUSH = new Line("act_*", "flush");

        static final Line ROLLBACK = new Line(TRANSACTION, "rollback");

        private static final Pattern VERB = Pattern.compile("\\W*(\\w+)");
        private static final Pattern TABLE = Pattern.compile(
                "(?:\\b(?:from|into|update|next value for)\\s+|nextval\\(')\"?([a-z_][\\w.]*)",
                Pattern.CASE_INSENSITIVE);

        static Line of(String sql) {
            return new Line(first(TABLE, sql), first(VERB, sql));
        }

        private static String first(Pattern pattern, String sql) {
            Matcher matcher = pattern.matcher(sql);
            return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "(none)";
        }

        /** Whether the engine made the table. */
        public boolean isEngine() {
            return table.startsWith("act_");
        }

        boolean isTransaction() {
            return table.equals(TRANSACTION);
        }

        boolean writes() {
            return !verb.equals("select") && !equals(SAVEPOINT);
        }

        @Override
        public int compareTo(Line other) {
            int byTable = table.compareTo(other.table);
            return byTable != 0 ? byTable : verb.compareTo(other.verb);
        }

        @Override
        public String toString() {
            return table + " " + verb;
        }
    }

    /**
     * @param times how often it happened
     * @param trips round trips; a batch is one, and so is a commit, unless the statement committed by itself
     * @param statements each row of a batch is one
     */
    public record Tally(int times, int trips, int statements) {

        static final Tally NONE = new Tally(0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(times + other.times, trips + other.trips, statements + other.statements);
        }
    }

    SqlCounts plus(Line line, Tally tally) {
        SortedMap<Line, Tally> sum = new TreeMap<>(lines);
        sum.merge(line, tally, Tally::plus);
        return new SqlCounts(Collections.unmodifiableSortedMap(sum));
    }

    public SqlCounts plus(SqlCounts other) {
        SortedMap<Line, Tally> sum = new TreeMap<>(lines);
        other.lines.forEach((line, tally) -> sum.merge(line, tally, Tally::plus));
        return new SqlCounts(Collections.unmodifiableSortedMap(sum));
    }

    /** Executions, ends of transactions and savepoints. */
    public int trips() {
        return sum(line -> true, Tally::trips);
    }

    /** Without commits, rollbacks and savepoints. */
    public int statements() {
        return sum(line -> true, Tally::statements);
    }

    /** Transactions that wrote and were kept. */
    public int commits() {
        return sum(Line.COMMIT::equals, Tally::times);
    }

    /** Transactions that only read. */
    public int commitsOfReads() {
        return sum(Line.COMMIT_OF_READS::equals, Tally::times);
    }

    public int rollbacks() {
        return sum(Line.ROLLBACK::equals, Tally::times);
    }

    /** What concerns the engine's tables alone, without ends of transactions. */
    public SqlCounts engine() {
        return only(Line::isEngine);
    }

    /** What concerns our tables alone, without ends of transactions. */
    public SqlCounts ours() {
        return only(line -> !line.isEngine() && !line.isTransaction());
    }

    public SqlCounts only(Predicate<Line> which) {
        SortedMap<Line, Tally> some = new TreeMap<>(lines);
        some.keySet().removeIf(which.negate());
        return new SqlCounts(Collections.unmodifiableSortedMap(some));
    }

    private int sum(Predicate<Line> which, ToIntFunction<Tally> what) {
        return lines.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .mapToInt(what)
                .sum();
    }
}
