import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Kills a node or the database again and again while people work, and looks whether everything is there once that was
 * acknowledged. On PostgreSQL the other node works on, and the next kill does not wait until the last victim is back: it
 * may hit a node that starts, or one whose database is just coming up.
 */
final class KillTest {

    private final Installation installation;
    private final Sales sales;
    private final Client client;
    private final Random random;
    private final ExecutorService starters = Executors.newCachedThreadPool();
    private final List<Future<?>> comingUp = new ArrayList<>();
    private final boolean[] away;
    private final int[] kills = new int[3];

    private KillTest(Installation installation, long seed) {
        this.installation = installation;
        this.client = new Client(installation);
        this.sales = new Sales(client, installation.folder().resolve("journal.txt"), 24);
        this.random = new Random(seed);
        this.away = new boolean[3];
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = Installation.options(arguments);
        long seed = Long.parseLong(options.getOrDefault("--seed", String.valueOf(System.nanoTime())));
        System.out.println("seed " + seed + ", logs in " + options.get("--folder"));
        Installation installation = new Installation(
                Path.of(options.get("--folder")),
                options.getOrDefault("--database", "h2"),
                Integer.parseInt(options.getOrDefault("--port", "18081")));
        boolean good = new KillTest(installation, seed)
                .run(
                        Integer.parseInt(options.getOrDefault("--rounds", "20")),
                        Integer.parseInt(options.getOrDefault("--minutes", "1000")),
                        Integer.parseInt(options.getOrDefault("--threads", "8")));
        installation.close();
        System.exit(good ? 0 : 1);
    }

    /** @param minutes no more kills after that */
    private boolean run(int most, int minutes, int threads) throws Exception {
        installation.start();
        sales.masterData();
        long begin = System.nanoTime();
        sales.begin(threads);
        int rounds = 0;
        int shown = 0;
        while (rounds < most && System.nanoTime() - begin < minutes * 60e9) {
            int before = sales.acknowledged.get();
            // under load: never again before somebody was told that something is done
            while (sales.acknowledged.get() == before) {
                Thread.sleep(20);
            }
            // a moment of our choosing, not the server's: the point of the whole
            Thread.sleep(random.nextInt(4000));
            int victim = victim();
            kill(victim);
            rounds++;
            System.out.printf(
                    "%3d  %-8s at %5.0f s, acknowledged %d, orders %d, without an answer %d, faults %d%n",
                    rounds, name(victim), (System.nanoTime() - begin) / 1e9, sales.acknowledged.get(),
                    sales.orders.size(), sales.unknown.get(), sales.faults.size());
            sales.faults.stream().skip(shown).forEach(fault -> System.out.println("     " + fault));
            shown = sales.faults.size();
        }
        for (Future<?> start : comingUp) {
            start.get();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        boolean ended = sales.finish(600_000);
        Thread.sleep(2000);
        installation.stopNodes();
        return report(rounds, seconds, ended);
    }

    /** 0 and 1 are nodes, 2 is the database; somebody who is not dead. */
    private synchronized int victim() throws InterruptedException {
        while (true) {
            int victim = random.nextInt(installation.isPostgresql() ? 3 : 1);
            if (!away[victim]) {
                return victim;
            }
            wait(50);
        }
    }

    private void kill(int victim) throws Exception {
        kills[victim]++;
        away(victim, true);
        if (victim == 2) {
            installation.killDatabase();
        } else {
            installation.killNode(victim);
        }
        comingUp.add(starters.submit(() -> {
            if (victim == 2) {
                installation.startDatabase();
                away(victim, false);
            } else {
                installation.startNode(victim);
                // it may be hit again while it starts, in one of three rounds
                if (random.nextInt(3) == 0) {
                    Thread.sleep(2000);
                    away(victim, false);
                }
                installation.awaitNode(victim);
                away(victim, false);
            }
            return null;
        }));
    }

    private synchronized void away(int victim, boolean is) {
        away[victim] = is;
        notifyAll();
    }

    private static String name(int victim) {
        return victim == 2 ? "database" : "node " + (victim + 1);
    }

    private boolean report(int rounds, double seconds, boolean ended) throws Exception {
        List<String> faults = new ArrayList<>(sales.faults);
        int checks;
        String rows;
        try (Connection connection = installation.connect()) {
            Audit audit = new Audit(connection);
            audit.run(sales);
            faults.addAll(audit.faults);
            checks = audit.checks();
            rows = audit.count("select count(*) from sales_order where source = 'kill-test'") + " orders ("
                    + audit.count("select count(*) from sales_order where source = 'kill-test' and status = 'ARCHIVED'")
                    + " archived), "
                    + audit.count("select count(*) from decision_record where document_number in (select order_number"
                            + " from sales_order where source = 'kill-test')")
                    + " decisions, " + audit.count("select count(*) from mail_outbox") + " mails";
        }
        if (!ended) {
            faults.add("not everything came to an end");
        }
        System.out.printf("%nkills %d (node 1 %d, node 2 %d, database %d) in %.0f s%n", rounds, kills[0], kills[1],
                kills[2], seconds);
        System.out.printf("acknowledged: orders %d, tasks completed %d, claims %d, cancellations %d, payments %d,"
                        + " goods received %d; requests without an answer %d%n", sales.orders.size(), sales.done.size(),
                sales.claims.get(), sales.cancelled.get(), sales.payments.size(), sales.goods.size(),
                sales.unknown.get());
        System.out.println("in the tables: " + rows);
        System.out.println("answers by status: " + new java.util.TreeMap<>(client.answers));
        client.refusals.forEach((place, body) -> System.out.println(
                "  " + place + ": " + body.substring(0, Math.min(200, body.length()))));
        faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(faults.isEmpty()
                ? "nothing missing, nothing doubled, nothing stuck (" + checks + " checks of the tables)"
                : faults.size() + " faults");
        return faults.isEmpty();
    }
}
