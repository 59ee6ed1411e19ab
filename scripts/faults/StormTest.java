import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every order is sent twice, in any order, over two nodes, by many at once; one key in fifty is sent with other content as
 * well. One case a key, whoever comes first; other content under the same key is refused with 409 (R6).
 */
final class StormTest {

    /** @param quantity 2, or 3 where the content differs */
    private record Submission(String key, int quantity) {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = Installation.options(arguments);
        int submissions = Integer.parseInt(options.getOrDefault("--submissions", "10000"));
        int threads = Integer.parseInt(options.getOrDefault("--threads", "32"));
        Random random = new Random(Long.parseLong(options.getOrDefault("--seed", "1")));
        Installation installation = new Installation(
                Path.of(options.get("--folder")),
                options.getOrDefault("--database", "postgresql"),
                Integer.parseInt(options.getOrDefault("--port", "18081")));
        installation.start();
        Client client = new Client(installation);
        new Sales(client, installation.folder().resolve("journal.txt"), 1).masterData();

        List<Submission> work = new ArrayList<>();
        for (int i = 0; i < submissions / 2; i++) {
            work.add(new Submission("K-" + i, 2));
            work.add(new Submission("K-" + i, 2));
        }
        // one at the side of the other: both are on their way at the same moment as often as not
        for (int from = 0; from < work.size(); from += 64) {
            Collections.shuffle(work.subList(from, Math.min(work.size(), from + 64)), random);
        }
        for (int i = 0; i < submissions / 2; i += 50) {
            work.add(2 * i + random.nextInt(2), new Submission("K-" + i, 3));
        }
        Map<String, Set<String>> numbers = new ConcurrentHashMap<>();
        Map<String, Set<Integer>> quantities = new ConcurrentHashMap<>();
        AtomicInteger created = new AtomicInteger();
        AtomicInteger known = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        Queue<Submission> queue = new ConcurrentLinkedQueue<>(work);
        long begin = System.nanoTime();
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread person = new Thread(() -> {
                for (Submission next = queue.poll(); next != null; next = queue.poll()) {
                    Client.Answer answer = client.post(
                            "assistant1", "/api/orders", Sales.content(next.key, Sales.Kind.CREDIT, next.quantity));
                    switch (answer.status()) {
                        case 200, 201 -> {
                            (answer.status() == 201 ? created : known).incrementAndGet();
                            numbers.computeIfAbsent(next.key, key -> ConcurrentHashMap.newKeySet())
                                    .add(answer.json().path("orderNumber").asText());
                            quantities.computeIfAbsent(next.key, key -> ConcurrentHashMap.newKeySet())
                                    .add(next.quantity);
                        }
                        case 409 -> refused.incrementAndGet();
                        default -> faults.add(next.key + " is answered with " + answer);
                    }
                }
            });
            person.start();
            people.add(person);
        }
        for (Thread person : people) {
            person.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        numbers.forEach((key, given) -> {
            if (given.size() != 1) {
                faults.add(key + " has the numbers " + given);
            }
            if (quantities.get(key).size() != 1) {
                faults.add(key + " was taken with two contents");
            }
        });
        installation.stopNodes();
        long orders;
        long cases;
        long once;
        try (Connection connection = installation.connect()) {
            Audit audit = new Audit(connection);
            orders = audit.count("select count(*) from sales_order where source = 'kill-test'");
            cases = audit.count("select count(*) from act_hi_procinst p join sales_order o on o.order_number ="
                    + " p.business_key_ where o.source = 'kill-test' and p.proc_def_key_ = 'order-review'");
            once = audit.count("select count(distinct external_number) from sales_order where source = 'kill-test'");
        }
        if (orders != submissions / 2 || cases != orders || once != orders || created.get() != orders) {
            faults.add("orders " + orders + ", cases " + cases + ", keys " + once + ", created " + created);
        }
        System.out.printf("%d submissions from %d threads in %.0f s (%.0f a second): created %d, known already %d,"
                        + " refused as different %d%n", work.size(), threads, seconds, work.size() / seconds,
                created.get(), known.get(), refused.get());
        System.out.println("in the tables: " + orders + " orders, " + cases + " cases, " + once + " keys");
        System.out.println("answers by status: " + new java.util.TreeMap<>(client.answers));
        faults.stream().limit(20).forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(faults.isEmpty() ? "one case a key" : faults.size() + " faults");
        installation.close();
        System.exit(faults.isEmpty() ? 0 : 1);
    }
}
