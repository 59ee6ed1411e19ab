package com.shunpi.benchmark;

import com.shunpi.SqlCounter;
import com.shunpi.SqlCounts;
import com.shunpi.database.DurableH2;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * One contender in a process and on a class path of its own: does what {@link Benchmark} tells it on standard input, answers
 * on standard output, and rests in between.
 *
 * <pre>
 * run THREADS CASES CLAIMED   runs the cases; answers: nanoseconds per case, of the users' actions alone
 * count CASES CLAIMED         the same on one thread; answers lines "step TAB table TAB verb TAB times TAB trips TAB statements", sums
 * heap                        collects garbage; answers: bytes that live
 * quit
 * </pre>
 */
final class Worker {

    static final int POOL = 20;
    /** What begins with this is an answer. */
    static final String ANSWER = "> ";

    private final Contender contender;
    private final DataSource database;
    private final ThreadLocal<Boolean> counted;
    private final SqlCounter counter;
    private final AtomicInteger numbers = new AtomicInteger();

    private Worker(Contender contender, DataSource database, SqlCounter counter, ThreadLocal<Boolean> counted) {
        this.contender = contender;
        this.database = database;
        this.counter = counter;
        this.counted = counted;
    }

    public static void main(String[] arguments) {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // what is logged is no answer
        System.setOut(System.err);
        try {
            work(arguments, answers);
            System.exit(0);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            // whatever threads there are
            System.exit(1);
        }
    }

    private static void work(String[] arguments, PrintStream answers) throws Exception {
        SqlCounter counter = new SqlCounter();
        ThreadLocal<Boolean> counted = ThreadLocal.withInitial(() -> false);
        // for our application, which asks Spring for them
        System.setProperty("spring.datasource.url", arguments[1]);
        System.setProperty("spring.datasource.username", arguments[2]);
        System.setProperty("spring.datasource.password", arguments[3]);
        Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        try (HikariDataSource pool = pool(arguments[1], arguments[2], arguments[3]);
                Contender contender = (Contender) constructor.newInstance()) {
            contender.open(new CountedOnDemand(pool, counter.count(pool), counted));
            Worker worker = new Worker(contender, pool, counter, counted);
            answers.println(ANSWER + "ready");
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = orders.readLine(); line != null && !line.equals("quit"); line = orders.readLine()) {
                worker.answer(line.split(" "), answers);
            }
        }
    }

    private void answer(String[] order, PrintStream answers) throws Exception {
        switch (order[0]) {
            case "run" ->
                answers.println(ANSWER
                        + run(Integer.parseInt(order[1]), Integer.parseInt(order[2]), Boolean.parseBoolean(order[3])));
            case "count" -> {
                count(Integer.parseInt(order[1]), Boolean.parseBoolean(order[2]))
                        .forEach(line -> answers.println(ANSWER + line));
                answers.println(ANSWER + "end");
            }
            case "heap" -> answers.println(ANSWER + heap());
            default -> throw new IllegalArgumentException(order[0]);
        }
    }

    private static HikariDataSource pool(String url, String user, String password) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(POOL);
        if (url.startsWith("jdbc:h2:")) {
            pool.setDataSource(DurableH2.of(url, user, password));
        }
        return pool;
    }

    // --- time --------------------------------------------------------------------------------------------------------

    private long run(int threads, int cases, boolean claimed) throws Exception {
        int first = numbers.getAndAdd(cases);
        contender.prepare(first, cases);
        AtomicInteger next = new AtomicInteger(first);
        ExecutorService people = Executors.newFixedThreadPool(threads);
        List<Future<Long>> times = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            times.add(people.submit(() -> {
                Stopwatch watch = new Stopwatch();
                for (int number = next.getAndIncrement(); number < first + cases; number = next.getAndIncrement()) {
                    oneCase(number, claimed, watch);
                }
                return watch.nanos;
            }));
        }
        long nanos = 0;
        for (Future<Long> time : times) {
            nanos += time.get();
        }
        people.shutdown();
        return nanos / cases;
    }

    /** Measures what people wait for, and not how the harness finds their task. */
    private static final class Stopwatch implements Watch {

        private long nanos;

        @Override
        public <T> T during(String action, Callable<T> work) throws Exception {
            long start = System.nanoTime();
            T result = work.call();
            nanos += System.nanoTime() - start;
            return result;
        }
    }

    /** Watches each action of a person. */
    private interface Watch {

        <T> T during(String action, Callable<T> work) throws Exception;
    }

    private void oneCase(int number, boolean claimed, Watch watch) throws Exception {
        List<Contender.Step> steps = contender.steps();
        contender.login(steps.get(0));
        String started = watch.during("start", () -> contender.start(number));
        contender.logout();
        for (int i = 0; i < steps.size(); i++) {
            Contender.Step step = steps.get(i);
            Map<String, Object> input = contender.input(started, i);
            String task = openTask(started);
            contender.login(step);
            if (claimed) {
                watch.during("claim " + (i + 1), () -> {
                    contender.claim(task, step);
                    return null;
                });
            }
            watch.during("complete " + (i + 1), () -> {
                contender.complete(task, input);
                return null;
            });
            contender.logout();
        }
    }

    private String openTask(String started) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(contender.taskQuery())) {
            query.setString(1, started);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("no open task of " + started);
                }
                String task = rows.getString(1);
                if (rows.next()) {
                    throw new IllegalStateException("several open tasks of " + started);
                }
                return task;
            }
        }
    }

    // --- counts ------------------------------------------------------------------------------------------------------

    private List<String> count(int cases, boolean claimed) throws Exception {
        int first = numbers.getAndAdd(cases);
        contender.prepare(first, cases);
        List<String> lines = new ArrayList<>();
        Watch watch = new Watch() {
            @Override
            public <T> T during(String action, Callable<T> work) {
                SqlCounts[] said = new SqlCounts[1];
                counted.set(true);
                try {
                    return counter.during(said, work);
                } finally {
                    counted.set(false);
                    said[0].lines()
                            .forEach((line, tally) -> lines.add(String.join(
                                    "\t",
                                    action,
                                    line.table(),
                                    line.verb(),
                                    String.valueOf(tally.times()),
                                    String.valueOf(tally.trips()),
                                    String.valueOf(tally.statements()))));
                }
            }
        };
        for (int number = first; number < first + cases; number++) {
            oneCase(number, claimed, watch);
        }
        return lines;
    }

    // --- memory ------------------------------------------------------------------------------------------------------

    private static long heap() throws InterruptedException {
        // references that wait for their queue are gone after the second
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
