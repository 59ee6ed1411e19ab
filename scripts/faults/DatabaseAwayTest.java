import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * PostgreSQL is away for a minute under load: killed first, then frozen where it stands, which is what a lost network looks
 * like. Watches how soon people and the health check hear of it, with which words, and how soon work goes on.
 */
final class DatabaseAwayTest {

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = Installation.options(arguments);
        int seconds = Integer.parseInt(options.getOrDefault("--seconds", "60"));
        Installation installation = new Installation(
                Path.of(options.get("--folder")), "postgresql", Integer.parseInt(options.getOrDefault("--port", "18081")));
        installation.start();
        Client client = new Client(installation);
        Sales sales = new Sales(client, installation.folder().resolve("journal.txt"), 12);
        sales.masterData();
        sales.begin(Integer.parseInt(options.getOrDefault("--threads", "6")));
        List<String> faults = new ArrayList<>();
        for (String how : List.of("killed", "frozen")) {
            Thread.sleep(10_000);
            Watch watch = new Watch(installation);
            watch.begin();
            if (how.equals("killed")) {
                installation.killDatabase();
            } else {
                installation.freezeDatabase(true);
            }
            long gone = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            int before = sales.acknowledged.get();
            long back = System.nanoTime();
            if (how.equals("killed")) {
                installation.startDatabase();
            } else {
                installation.freezeDatabase(false);
            }
            while (sales.acknowledged.get() == before) {
                Thread.sleep(20);
            }
            double worksAgain = (System.nanoTime() - back) / 1e9;
            while (!installation.health(0).contains("\"UP\"") || !installation.health(1).contains("\"UP\"")) {
                Thread.sleep(20);
            }
            double wellAgain = (System.nanoTime() - back) / 1e9;
            watch.end();
            System.out.printf("%s for %d s: health says so after %.1f s; slowest answer %.1f s, answers %s;"
                            + " works again after %.1f s, health up after %.1f s%n", how, seconds,
                    (watch.down.get() - gone) / 1e9, watch.slowest.get() / 1e9, watch.statuses, worksAgain, wellAgain);
            if (!watch.statuses.keySet().stream().allMatch(status -> status.equals("200") || status.equals("503"))) {
                faults.add("answers other than 200 and 503: " + watch.statuses);
            }
        }
        if (!sales.finish(300_000)) {
            faults.add("not everything came to an end");
        }
        for (int node = 0; node < installation.nodes(); node++) {
            if (!installation.isAlive(node)) {
                faults.add("node " + (node + 1) + " ended");
            }
        }
        Thread.sleep(2000);
        installation.stopNodes();
        faults.addAll(sales.faults);
        try (Connection connection = installation.connect()) {
            Audit audit = new Audit(connection);
            audit.run(sales);
            faults.addAll(audit.faults);
        }
        System.out.println("acknowledged: orders " + sales.orders.size() + ", tasks completed " + sales.done.size()
                + "; requests without an answer " + sales.unknown);
        System.out.println("answers by status: " + new java.util.TreeMap<>(client.answers));
        client.refusals.forEach((place, body) ->
                System.out.println("  " + place + ": " + body.substring(0, Math.min(160, body.length()))));
        faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(faults.isEmpty() ? "nothing missing, nothing doubled, nothing stuck" : faults.size() + " faults");
        installation.close();
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    /** Somebody who opens a page each half second, and the load balancer that asks each node whether it is well. */
    private static final class Watch {

        private final Installation installation;
        private final AtomicBoolean on = new AtomicBoolean(true);
        private final List<Thread> threads = new ArrayList<>();
        final AtomicLong down = new AtomicLong();
        final AtomicLong slowest = new AtomicLong();
        final Map<String, Integer> statuses = new ConcurrentSkipListMap<>();

        Watch(Installation installation) {
            this.installation = installation;
        }

        void begin() {
            Client client = new Client(installation);
            for (int node = 0; node < installation.nodes(); node++) {
                int mine = node;
                watch(() -> {
                    long start = System.nanoTime();
                    String status = String.valueOf(
                            client.send(mine, "assistant2", "/api/me", null, null).status());
                    statuses.merge(status, 1, Integer::sum);
                    slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
                });
                watch(() -> {
                    if (!installation.health(mine).contains("\"UP\"")) {
                        down.compareAndSet(0, System.nanoTime());
                    }
                });
            }
        }

        private void watch(Look look) {
            Thread thread = new Thread(() -> {
                while (on.get()) {
                    try {
                        look.look();
                    } catch (Exception e) {
                        statuses.merge(e.getClass().getSimpleName(), 1, Integer::sum);
                    }
                    Client.pause(500);
                }
            });
            thread.start();
            threads.add(thread);
        }

        void end() throws InterruptedException {
            on.set(false);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private interface Look {
        void look() throws Exception;
    }
}
