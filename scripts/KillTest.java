import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Kills the running application again and again while people enter and reject orders, and looks whether it kept what it
 * had acknowledged. On the default settings and a fresh H2 file; needs a JDK and nothing else. Run it by
 * {@code scripts/kill-test}.
 */
public final class KillTest {

    private static final String ASSISTANT = "assistant1";
    private static final String REVIEWER = "assistant2";
    private static final String ADMIN = "admin";
    private static final Pattern NUMBER = Pattern.compile("\"orderNumber\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern BUSINESS_KEY = Pattern.compile("\"businessKey\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    private final Path folder;
    private final int port;
    private final int rounds;
    private final int threads;
    private final Random random;
    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** What the server has said yes to: external number → order number. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    /** Orders whose rejection the server has confirmed. */
    private final Set<String> rejected = ConcurrentHashMap.newKeySet();

    /** Sent, and no answer came: may be there or not, but not twice. */
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    private final Queue<String> toReject = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<String> faults = new ArrayList<>();

    private Process server;

    private KillTest(Path folder, int port, int rounds, int threads, long seed) {
        this.folder = folder.toAbsolutePath();
        this.port = port;
        this.rounds = rounds;
        this.threads = threads;
        this.random = new Random(seed);
        this.base = "http://127.0.0.1:" + port;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        long seed = Long.parseLong(options.getOrDefault("--seed", String.valueOf(System.nanoTime())));
        System.out.println("seed " + seed);
        KillTest test = new KillTest(
                Path.of(options.getOrDefault("--folder", "target/kill-test")),
                Integer.parseInt(options.getOrDefault("--port", "18080")),
                Integer.parseInt(options.getOrDefault("--rounds", "20")),
                Integer.parseInt(options.getOrDefault("--threads", "6")),
                seed);
        System.exit(test.run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        start();
        // a clean stop writes the class-data archive, which makes all the other starts faster
        stop();
        start();
        masterData();
        System.out.println("| round | killed after | acknowledged | rejected | unanswered | up again in | file |");
        System.out.println("|--:|--:|--:|--:|--:|--:|--:|");
        for (int round = 1; round <= rounds; round++) {
            Set<String> before = new HashSet<>(acknowledged.keySet());
            Set<String> rejectedBefore = new HashSet<>(rejected);
            long killedAfter = loadAndKill(round);
            long restart = start();
            int unansweredNow = unanswered.size();
            Set<String> fresh = new HashSet<>(acknowledged.keySet());
            fresh.removeAll(before);
            fresh.forEach(this::checkOrder);
            Set<String> freshlyRejected = new HashSet<>(rejected);
            freshlyRejected.removeAll(rejectedBefore);
            sendAgain();
            System.out.printf(
                    "| %d | %.1f s | %d | %d | %d | %.1f s | %.1f MB |%n",
                    round,
                    killedAfter / 1000.0,
                    fresh.size(),
                    freshlyRejected.size(),
                    unansweredNow,
                    restart / 1000.0,
                    fileSize() / 1e6);
        }
        acknowledged.keySet().forEach(this::checkOrder);
        checkInstances();
        stop();
        System.out.printf(
                "%nkills %d, orders acknowledged %d, rejections acknowledged %d, requests refused %d, "
                        + "file %.1f MB (%.1f MB after a clean stop)%n",
                rounds, acknowledged.size(), rejected.size(), refusals.get(), largest / 1e6, fileSize() / 1e6);
        if (fileSize() > 20e6 + 100e3 * acknowledged.size()) {
            faults.add("the file is too large");
        }
        faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(faults.isEmpty() ? "nothing missing, nothing doubled" : faults.size() + " faults");
        return faults.isEmpty();
    }

    // --- load --------------------------------------------------------------------------------------------------------

    /** Enters and rejects orders from several threads, and kills the server in the middle. */
    private long loadAndKill(int round) throws Exception {
        int before = acknowledged.size();
        AtomicBoolean running = new AtomicBoolean(true);
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread person = new Thread(() -> {
                for (int n = 0; running.get(); n++) {
                    if (number % 3 == 2) {
                        reject();
                    } else {
                        enter("K-" + round + "-" + number + "-" + n);
                    }
                }
            });
            person.start();
            people.add(person);
        }
        while (acknowledged.size() == before) {
            Thread.sleep(50);
        }
        long wait = random.nextInt(8000);
        // a moment of our choosing, not the server's: the point of the whole
        Thread.sleep(wait);
        server.destroyForcibly();
        running.set(false);
        server.waitFor();
        for (Thread person : people) {
            person.join();
        }
        return wait;
    }

    private void enter(String externalNumber) {
        unanswered.add(externalNumber);
        Answer answer = send(ASSISTANT, "POST", "/api/orders", order(externalNumber));
        if (answer.status == 201 || answer.status == 200) {
            String number = first(NUMBER, answer.body);
            journal("order " + externalNumber + " " + number);
            acknowledged.put(externalNumber, number);
            toReject.add(number);
        }
        if (answer.status != 0) {
            unanswered.remove(externalNumber);
            countRefusal(answer);
        }
    }

    private void reject() {
        String number = toReject.poll();
        if (number == null) {
            Thread.onSpinWait();
            return;
        }
        Answer tasks = send(
                REVIEWER,
                "GET",
                "/engine-rest/task?processInstanceBusinessKey=" + number + "&taskDefinitionKey=userTask_reviewOrder"
                        + "&maxResults=1",
                null);
        countRefusal(tasks);
        String task = first(ID, tasks.body);
        if (task == null) {
            return;
        }
        Answer answer = send(
                REVIEWER,
                "POST",
                "/engine-rest/task/" + task + "/complete",
                "{\"variables\":{\"decision\":{\"value\":\"reject\"},\"comment\":{\"value\":\"重复下单\"}}}");
        if (answer.status == 204 || answer.status == 200) {
            journal("rejected " + number);
            rejected.add(number);
        }
        countRefusal(answer);
    }

    private void countRefusal(Answer answer) {
        if (answer.status >= 400 && refusals.incrementAndGet() <= 3) {
            System.err.println("refused: " + answer.status + " " + answer.body);
        }
    }

    /** As a client does that got no answer: the same again, which must end in one order. */
    private void sendAgain() {
        for (String externalNumber : Set.copyOf(unanswered)) {
            enter(externalNumber);
            String number = acknowledged.get(externalNumber);
            if (number == null) {
                faults.add(externalNumber + " is refused when sent again");
            }
        }
    }

    private static String order(String externalNumber) {
        return "{\"source\":\"kill-test\",\"externalNumber\":\"" + externalNumber + "\",\"customerCode\":\"KT-C1\","
                + "\"requiredDate\":\"2099-12-31\",\"deliveryMode\":\"快递\",\"consignee\":\"张三\","
                + "\"phone\":\"13800000000\",\"address\":\"浙江省杭州市西湖区测试路 1 号\",\"urgent\":false,\"lines\":["
                + "{\"productCode\":\"KT-P1\",\"quantity\":2,\"unitPrice\":\"12.2400\"},"
                + "{\"productCode\":\"KT-P2\",\"quantity\":1,\"unitPrice\":\"8.0000\"}]}";
    }

    private void masterData() {
        upload("customers", """
                customer_code,name,grade,discount,payment_terms,credit_limit,credit_days,contact,phone,email,address,sales_rep,region
                KT-C1,断电测试客户,A,1,credit,9000000000,30,张三,13800000000,kill@example.com,杭州,rep1,华东
                """);
        upload("products", """
                product_code,name,model,list_price,cost_price,stock,discontinued
                KT-P1,测试产品一,M1,12.24,6.00,100000000,false
                KT-P2,测试产品二,M2,8.00,4.00,100000000,false
                """);
    }

    // --- checks ------------------------------------------------------------------------------------------------------

    /** The order is there, as it was acknowledged, and the same external number still means the same order. */
    private void checkOrder(String externalNumber) {
        String number = acknowledged.get(externalNumber);
        Answer found = send(ASSISTANT, "GET", "/api/orders/" + number, null);
        if (found.status != 200) {
            faults.add(number + " (" + externalNumber + ") was acknowledged and is missing: " + found.status);
            return;
        }
        if (!found.body.contains("\"" + externalNumber + "\"")) {
            faults.add(number + " is another order than " + externalNumber);
        }
        boolean isRejected = "rejected".equals(first(STATUS, found.body));
        if (rejected.contains(number) && !isRejected) {
            faults.add(number + " was rejected and is not any more");
        }
        Answer again = send(ASSISTANT, "POST", "/api/orders", order(externalNumber));
        if (again.status != 200 || !number.equals(first(NUMBER, again.body))) {
            faults.add(externalNumber + " sent again is not " + number + ": " + again.status);
        }
    }

    /** One process instance per order, none without an order of ours, no incident. */
    private void checkInstances() {
        Map<String, Integer> instances = new HashMap<>();
        for (int first = 0; ; first += 500) {
            Answer page = send(
                    ADMIN,
                    "GET",
                    "/engine-rest/history/process-instance?processDefinitionKey=order-review&sortBy=instanceId"
                            + "&sortOrder=asc&firstResult=" + first + "&maxResults=500",
                    null);
            Matcher keys = BUSINESS_KEY.matcher(page.body);
            int found = 0;
            while (keys.find()) {
                found++;
                instances.merge(keys.group(1), 1, Integer::sum);
            }
            if (found < 500) {
                break;
            }
        }
        Set<String> numbers = new HashSet<>(acknowledged.values());
        if (numbers.size() != acknowledged.size()) {
            faults.add("two external numbers share an order number");
        }
        for (String number : numbers) {
            if (instances.getOrDefault(number, 0) != 1) {
                faults.add(number + " has " + instances.getOrDefault(number, 0) + " process instances");
            }
        }
        System.out.println("\nprocess instances " + instances.size() + " (with the demo company's)");
        Answer incidents = send(ADMIN, "GET", "/engine-rest/incident/count", null);
        if (!incidents.body.replace(" ", "").contains("\"count\":0")) {
            faults.add("incidents: " + incidents.body);
        }
    }

    // --- the server --------------------------------------------------------------------------------------------------

    /** @return milliseconds until an order could be read */
    private long start() throws Exception {
        long begin = System.currentTimeMillis();
        server = new ProcessBuilder(
                        folder.resolve("bin/shunpi").toString(),
                        "--server.port=" + port,
                        "--management.server.port=" + (port + 10))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
        long deadline = begin + 600_000;
        while (send(ASSISTANT, "GET", "/engine-rest/task/count", null).status != 200) {
            if (!server.isAlive() || System.currentTimeMillis() > deadline) {
                throw new IllegalStateException("The server does not start, see " + folder.resolve("server.log"));
            }
            Thread.sleep(200);
        }
        return System.currentTimeMillis() - begin;
    }

    private void stop() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(2, TimeUnit.MINUTES)) {
            faults.add("the server does not stop");
        }
    }

    private long largest;

    private long fileSize() {
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            long size = files.filter(file -> file.toString().endsWith(".mv.db"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            largest = Math.max(largest, size);
            return size;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Answer(int status, String body) {}

    /** Status 0 when there was no answer. */
    private Answer send(String user, String method, String path, String json) {
        HttpRequest.Builder request = request(user, path).header("Content-Type", "application/json");
        request.method(
                method,
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        return send(request.build());
    }

    private void upload(String kind, String csv) {
        String boundary = "----kill-test";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + kind
                + ".csv\"\r\nContent-Type: text/csv\r\n\r\n" + csv + "\r\n--" + boundary + "--\r\n";
        Answer answer = send(request(ASSISTANT, "/api/" + kind + "/import")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (answer.status != 200 || !answer.body.replace(" ", "").contains("\"rejected\":0")) {
            throw new IllegalStateException(kind + ": " + answer);
        }
    }

    private HttpRequest.Builder request(String user, String path) {
        String login = Base64.getEncoder().encodeToString((user + ":demo").getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json")
                .header("Authorization", "Basic " + login);
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, "");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void journal(String line) {
        try {
            Files.writeString(
                    folder.resolve("journal.txt"),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
