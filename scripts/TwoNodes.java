import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two packaged servers behind HAProxy (deploy/haproxy.cfg) on a PostgreSQL of their own, with people at work: some in sessions,
 * some with a password in each request, reading, entering orders and rejecting them. Run by {@code scripts/rolling-update} and
 * {@code scripts/kill-node}.
 */
public final class TwoNodes {

    private static final Pattern NUMBER = Pattern.compile("\"orderNumber\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
    private static final int OLD_CASES = 40;
    private static final String REMINDERS = "from act_ru_job where handler_cfg_ = 'timer_replyReminder'";

    private final Path folder = Path.of("target/two-nodes").toAbsolutePath();
    private final Map<String, String> options;
    private final int base;
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Load load = new Load();
    private Process balancer;

    private TwoNodes(Map<String, String> options) {
        this.options = options;
        this.base = number("--port", 18200);
        nodes.add(new Node("one", base + 10));
        nodes.add(new Node("two", base + 20));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        TwoNodes test = new TwoNodes(options);
        Runtime.getRuntime().addShutdownHook(new Thread(test::end));
        test.begin();
        if (arguments[0].equals("rolling-update")) {
            test.rollingUpdate();
        } else {
            test.killNode();
        }
        test.faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(test.faults.isEmpty() ? "nothing lost, nothing doubled" : test.faults.size() + " faults");
        System.exit(test.faults.isEmpty() ? 0 : 1);
    }

    private int number(String option, int otherwise) {
        return Integer.parseInt(options.getOrDefault(option, String.valueOf(otherwise)));
    }

    // --- a clean update of one after the other -----------------------------------------------------------------------

    private void rollingUpdate() throws Exception {
        int seconds = number("--seconds", 10);
        for (Node node : nodes) {
            // what a first run writes when it ends: the archive of classes
            node.process.destroy();
            node.process.waitFor();
            node.start();
            node.awaitReady();
        }
        awaitBalancer();
        for (int i = 0; i < OLD_CASES; i++) {
            load.enter(load.basic, "T-" + i);
        }
        load.begin();
        TimeUnit.SECONDS.sleep(seconds);
        for (Node node : nodes) {
            long stopping = System.nanoTime();
            node.process.destroy();
            if (!node.process.waitFor(2, TimeUnit.MINUTES)) {
                faults.add(node.name + " does not stop");
            }
            long stopped = System.nanoTime();
            Path diagram = node.folder.resolve("models/processes/order-review.bpmn");
            Files.writeString(
                    diagram, Files.readString(diagram).replace("满 24 小时未答复", "超过 24 小时未答复"));
            node.start();
            node.awaitReady();
            System.out.printf(
                    "server %s: stopped in %.1f s, ready again after %.1f s%n",
                    node.name, (stopped - stopping) / 1e9, (System.nanoTime() - stopped) / 1e9);
            awaitBalancer();
        }
        load.rejectTheOld();
        TimeUnit.SECONDS.sleep(seconds);
        load.end();
        load.print();
        if (load.failed.get() > 0) {
            faults.add(load.failed + " requests failed: " + load.failures);
        }
        if (load.loggedOut.get() > 0) {
            faults.add(load.loggedOut + " times somebody was logged out");
        }
        checkOrders();
        System.out.println("cases by version of order-review: "
                + one("select string_agg(version_ || ': ' || cases, ', ' order by version_) from (select d.version_, count(*)"
                        + " as cases from act_hi_procinst p join act_re_procdef d on d.id_ = p.proc_def_id_"
                        + " where d.key_ = 'order-review' group by d.version_) as versions"));
        String old = one("select count(*) from act_hi_procinst p join act_re_procdef d on d.id_ = p.proc_def_id_ join sales_order o"
                + " on o.order_number = p.business_key_ where d.version_ = 1 and o.external_number like 'T-%'"
                + " and p.end_time_ is not null");
        System.out.println("begun before the update and ended after it: " + old + " of " + OLD_CASES);
        if (!old.equals(String.valueOf(OLD_CASES))) {
            faults.add("cases of the old version do not go on");
        }
        if (!one("select max(version_) from act_re_procdef where key_ = 'order-review'").equals("2")) {
            faults.add("the changed diagram is not exactly one new version");
        }
    }

    // --- a killed server's jobs go on elsewhere ------------------------------------------------------------------------

    private void killNode() throws Exception {
        int rounds = number("--rounds", 4);
        int timers = number("--timers", 300);
        System.out.println("| round | killed | due at the kill | locked by the killed one | all done after"
                + " | requests failed | the last of them after |");
        System.out.println("|--:|---|--:|--:|--:|--:|--:|");
        for (int round = 1; round <= rounds; round++) {
            Node victim = nodes.get(round % 2);
            for (int i = 0; i < timers; i++) {
                load.enter(load.basic, "T-" + round + "-" + i);
            }
            long due = timers;
            load.begin();
            // of those that nobody rejects meanwhile
            update("update act_ru_job set duedate_ = now() - interval '1 second' where handler_cfg_ = 'timer_replyReminder'"
                    + " and process_instance_id_ in (select p.id_ from act_hi_procinst p join sales_order o on o.order_number ="
                    + " p.business_key_ where o.external_number like 'T-%')");
            // when about a third of them is done, both are in the middle of it
            while (Long.parseLong(one("select count(*) " + REMINDERS + " and duedate_ < now()")) > due * 2 / 3) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            int failedBefore = load.failed.get();
            victim.process.destroyForcibly();
            victim.process.waitFor();
            long killed = System.nanoTime();
            load.lastFailure.set(killed);
            // whose locks they are is seen by who goes on: the dead one's stay as they are
            long left = Long.parseLong(one("select count(*) " + REMINDERS + " and duedate_ < now()"));
            TimeUnit.SECONDS.sleep(3);
            String locked = one("select count(*) " + REMINDERS
                    + " and lock_exp_time_ is not null and lock_exp_time_ < now() + interval '17.5 seconds'");
            // those of the load come due in twenty hours
            while (!one("select count(*) " + REMINDERS + " and duedate_ < now()").equals("0")) {
                if (System.nanoTime() - killed > 120e9) {
                    faults.add("round " + round + ": jobs are left after two minutes");
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            double seconds = (System.nanoTime() - killed) / 1e9;
            if (seconds > 30) {
                faults.add("round %d: %.1f s until the jobs were done".formatted(round, seconds));
            }
            load.end();
            double last = (load.lastFailure.get() - killed) / 1e9;
            System.out.printf(
                    "| %d | %s | %d | %s | %.1f s | %d | %.1f s |%n",
                    round, victim.name, left, locked, seconds, load.failed.get() - failedBefore, last);
            if (last > 3) {
                faults.add("round %d: a request failed %.1f s after the kill".formatted(round, last));
            }
            load.sendAgain();
            victim.start();
            victim.awaitReady();
            awaitBalancer();
        }
        load.print();
        if (load.loggedOut.get() > 0) {
            faults.add(load.loggedOut + " times somebody was logged out");
        }
        checkOrders();
        System.out.println("reminders written: " + one("select count(*) from mail_outbox where template = 'reply-reminder'")
                + ", jobs done: " + one("select count(*) from act_hi_job_log where job_state_ = 2"
                        + " and act_id_ = 'timer_replyReminder'"));
        String twice = one("select count(*) from (select job_id_ from act_hi_job_log where job_state_ = 2"
                + " group by job_id_ having count(*) > 1) as jobs");
        if (!twice.equals("0")) {
            faults.add(twice + " jobs took effect twice");
        }
    }

    // --- what must hold in the end -------------------------------------------------------------------------------------

    private void checkOrders() throws SQLException {
        int lost = 0;
        try (Connection connection = connection();
                PreparedStatement find = connection.prepareStatement(
                        "select order_number, status, (select count(*) from act_hi_procinst where business_key_ ="
                                + " order_number and super_process_instance_id_ is null) from sales_order"
                                + " where source = 'two-nodes' and external_number = ?")) {
            for (Map.Entry<String, String> order : load.acknowledged.entrySet()) {
                find.setString(1, order.getKey());
                try (ResultSet found = find.executeQuery()) {
                    if (!found.next() || !found.getString(1).equals(order.getValue())) {
                        lost++;
                    } else if (found.getInt(3) != 1) {
                        faults.add(order.getValue() + " has " + found.getInt(3) + " cases");
                    } else if (load.rejected.contains(order.getValue())
                            && !found.getString(2).equalsIgnoreCase("rejected")) {
                        faults.add(order.getValue() + " was rejected and is " + found.getString(2));
                    }
                }
            }
        }
        if (lost > 0) {
            faults.add(lost + " acknowledged orders are missing");
        }
        String stored = one("select count(*) from sales_order where source = 'two-nodes'");
        System.out.println("orders acknowledged " + load.acknowledged.size() + ", stored " + stored + "; rejections acknowledged "
                + load.rejected.size());
        String incidents = one("select count(*) from act_ru_incident");
        System.out.println("incidents " + incidents + ", runs of jobs that failed and were tried again "
                + one("select count(*) from act_hi_job_log where job_state_ = 1"));
        if (!incidents.equals("0")) {
            faults.add(incidents + " incidents");
        }
    }

    // --- people --------------------------------------------------------------------------------------------------------

    private final class Load {

        /** External number → order number, as the server said. */
        final Map<String, String> acknowledged = new ConcurrentHashMap<>();

        final Set<String> rejected = ConcurrentHashMap.newKeySet();
        final Set<String> unanswered = ConcurrentHashMap.newKeySet();
        final Queue<String> toReject = new ConcurrentLinkedQueue<>();
        final AtomicInteger answered = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger loggedOut = new AtomicInteger();
        final AtomicLong lastFailure = new AtomicLong();
        final AtomicLong slowest = new AtomicLong();
        final Map<String, Integer> failures = new ConcurrentHashMap<>();
        final AtomicInteger serial = new AtomicInteger();
        final User basic = new User("assistant1", false);

        private final List<Thread> people = new ArrayList<>();
        private volatile boolean running;

        /** Five in sessions, three with their password in each request. */
        void begin() {
            running = true;
            for (String name : List.of("assistant1", "manager", "finance1")) {
                User user = new User(name, true);
                person(() -> {
                    user.get("/api/worklist");
                    user.get("/camunda/app/tasklist/default/");
                    user.get("/camunda/api/engine/engine/default/task/count");
                });
            }
            User writer = new User("assistant1", true);
            person(() -> enter(writer, "S-" + serial.incrementAndGet()));
            User rejecter = new User("assistant2", true);
            person(() -> reject(rejecter));
            User reader = new User("assistant2", false);
            person(() -> reader.get("/engine-rest/task?maxResults=10"));
            person(() -> enter(basic, "B-" + serial.incrementAndGet()));
            User other = new User("assistant2", false);
            person(() -> reject(other));
        }

        private void person(Runnable work) {
            Thread person = new Thread(() -> {
                while (running) {
                    work.run();
                    try {
                        TimeUnit.MILLISECONDS.sleep(50);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
            person.start();
            people.add(person);
        }

        void end() throws InterruptedException {
            running = false;
            for (Thread person : people) {
                person.join();
            }
            people.clear();
        }

        void print() {
            System.out.printf(
                    "requests answered %d, failed %d %s, logged out %d, slowest answer %.1f s%n",
                    answered.get(), failed.get(), failures, loggedOut.get(), slowest.get() / 1e9);
        }

        void enter(User user, String externalNumber) {
            unanswered.add(externalNumber);
            String body = user.post("/api/orders", order(externalNumber));
            String number = body == null ? null : first(NUMBER, body);
            if (number != null) {
                unanswered.remove(externalNumber);
                if (acknowledged.put(externalNumber, number) == null && !externalNumber.startsWith("T-")) {
                    toReject.add(number);
                }
            }
        }

        void sendAgain() {
            for (String externalNumber : Set.copyOf(unanswered)) {
                enter(basic, externalNumber);
            }
            if (!unanswered.isEmpty()) {
                faults.add("refused when sent again: " + unanswered);
            }
        }

        void rejectTheOld() {
            acknowledged.forEach((externalNumber, number) -> {
                if (externalNumber.startsWith("T-")) {
                    reject(new User("assistant2", false), number);
                }
            });
        }

        private void reject(User user) {
            // the newest are left, so that there are open cases at any time
            String number = toReject.size() > 20 ? toReject.poll() : null;
            if (number != null) {
                reject(user, number);
            }
        }

        private void reject(User user, String number) {
            String tasks = user.get("/engine-rest/task?processInstanceBusinessKey=" + number
                    + "&taskDefinitionKey=userTask_reviewOrder&maxResults=1");
            String task = tasks == null ? null : first(ID, tasks);
            if (task != null
                    && user.post(
                                    "/engine-rest/task/" + task + "/complete",
                                    "{\"variables\":{\"decision\":{\"value\":\"reject\"},\"comment\":{\"value\":\"重复下单\"}}}")
                            != null) {
                rejected.add(number);
            }
        }

        private void failed(String what) {
            failed.incrementAndGet();
            failures.merge(what, 1, Integer::sum);
            lastFailure.set(System.nanoTime());
        }
    }

    private final class User {

        private final String name;
        private final boolean session;
        private final CookieManager cookies = new CookieManager();
        private final HttpClient http;

        User(String name, boolean session) {
            this.name = name;
            this.session = session;
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5));
            http = session ? builder.cookieHandler(cookies).build() : builder.build();
            if (session) {
                get("/login");
                String form = "username=" + name + "&password=demo&_csrf=" + token();
                send(request("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
            }
        }

        private String token() {
            return cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("SHUNPI-CSRF"))
                    .map(HttpCookie::getValue)
                    .findFirst()
                    .orElse("");
        }

        String get(String path) {
            return send(request(path).GET());
        }

        String post(String path, String json) {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json)));
        }

        private HttpRequest.Builder request(String path) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (base + 1) + path))
                    .timeout(Duration.ofSeconds(60));
            if (session) {
                return request.header("X-CSRF-TOKEN", token());
            }
            String login = Base64.getEncoder().encodeToString((name + ":demo").getBytes(StandardCharsets.UTF_8));
            return request.header("Authorization", "Basic " + login).header("Accept", "application/json");
        }

        /** Null when it failed. */
        private String send(HttpRequest.Builder builder) {
            HttpRequest request = builder.build();
            String what = request.method() + " " + request.uri().getPath().replaceAll("[0-9a-f-]{36}", "…");
            long begin = System.nanoTime();
            try {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                load.slowest.accumulateAndGet(System.nanoTime() - begin, Math::max);
                int status = answer.statusCode();
                boolean toLogin = answer.headers().firstValue("Location").orElse("").contains("/login");
                if (status == 401 || toLogin) {
                    load.loggedOut.incrementAndGet();
                }
                if (status >= 400 || toLogin) {
                    load.failed(status + " " + what);
                    return null;
                }
                load.answered.incrementAndGet();
                return answer.body();
            } catch (IOException e) {
                load.failed(e.getClass().getSimpleName() + " " + what);
                return null;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String order(String externalNumber) {
        return "{\"source\":\"two-nodes\",\"externalNumber\":\"" + externalNumber + "\",\"customerCode\":\"TN-C1\","
                + "\"requiredDate\":\"2099-12-31\",\"deliveryMode\":\"快递\",\"consignee\":\"张三\","
                + "\"phone\":\"13800000000\",\"address\":\"浙江省杭州市西湖区测试路 1 号\",\"urgent\":false,\"lines\":["
                + "{\"productCode\":\"TN-P1\",\"quantity\":2,\"unitPrice\":\"12.2400\"}]}";
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    // --- database, servers, balancer -----------------------------------------------------------------------------------

    private void begin() throws Exception {
        run("scripts/postgresql", "start", folder.resolve("postgresql").toString(), String.valueOf(base));
        for (Node node : nodes) {
            node.prepare();
        }
        // at the same moment, on an empty database
        long begin = System.nanoTime();
        for (Node node : nodes) {
            node.start();
        }
        for (Node node : nodes) {
            node.awaitReady();
        }
        System.out.printf("both started at once on an empty database: ready after %.1f s%n", (System.nanoTime() - begin) / 1e9);
        balance();
        upload("customers", """
                customer_code,name,grade,discount,payment_terms,credit_limit,credit_days,contact,phone,email,address,sales_rep,region
                TN-C1,双机测试客户,A,1,credit,9000000000,30,张三,13800000000,two@example.com,杭州,rep1,华东
                """);
        upload("products", """
                product_code,name,model,list_price,cost_price,stock,discontinued
                TN-P1,测试产品一,M1,12.24,6.00,100000000,false
                """);
    }

    /** The example of the operations guide, with our addresses. */
    private void balance() throws Exception {
        String example = Files.readString(Path.of("deploy/haproxy.cfg"));
        String ours = example.replaceAll("bind :443.*", "bind 127.0.0.1:" + (base + 1))
                .replace("http-request set-header X-Forwarded-Proto https", "")
                .replace("10.0.0.11:8080 port 8081", "127.0.0.1:" + (base + 10) + " port " + (base + 11))
                .replace("10.0.0.12:8080 port 8081", "127.0.0.1:" + (base + 20) + " port " + (base + 21));
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, ours);
        balancer = new ProcessBuilder("haproxy", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        awaitBalancer();
        if (!balancer.isAlive()) {
            throw new IllegalStateException("haproxy does not run, see " + folder.resolve("haproxy.log"));
        }
    }

    /** Until its health checks have seen who is there. */
    private static void awaitBalancer() throws InterruptedException {
        TimeUnit.SECONDS.sleep(4);
    }

    private final class Node {

        final String name;
        final int port;
        final Path folder;
        Process process;

        Node(String name, int port) {
            this.name = name;
            this.port = port;
            this.folder = TwoNodes.this.folder.resolve(name);
        }

        void prepare() throws IOException {
            copy(Path.of("target/dist"), folder);
            copy(Path.of("processes"), folder.resolve("models/processes"));
            copy(Path.of("forms"), folder.resolve("models/forms"));
        }

        void start() throws IOException {
            process = new ProcessBuilder(
                            folder.resolve("bin/shunpi").toString(),
                            "--server.port=" + port,
                            "--management.server.port=" + (port + 1),
                            "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + base + "/shunpi",
                            "--spring.datasource.username=shunpi",
                            "--spring.datasource.password=shunpi",
                            "--shunpi.models=file:" + folder.resolve("models") + "/",
                            "--shunpi.drain=5s",
                            "--shunpi.demo-orders=false")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("server.log").toFile()))
                    .start();
        }

        void awaitReady() throws Exception {
            HttpRequest question = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + (port + 1) + "/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            HttpClient http = HttpClient.newHttpClient();
            for (long begin = System.nanoTime(); ; TimeUnit.MILLISECONDS.sleep(200)) {
                if (!process.isAlive() || System.nanoTime() - begin > 600e9) {
                    throw new IllegalStateException(name + " does not start, see " + folder.resolve("server.log"));
                }
                try {
                    if (http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // not yet
                }
            }
        }
    }

    private void upload(String kind, String csv) throws Exception {
        String boundary = "----two-nodes";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + kind
                + ".csv\"\r\nContent-Type: text/csv\r\n\r\n" + csv + "\r\n--" + boundary + "--\r\n";
        String answer = load.basic.send(load.basic
                .request("/api/" + kind + "/import")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer == null || !answer.replace(" ", "").contains("\"rejected\":0")) {
            throw new IllegalStateException(kind + ": " + answer + " " + load.failures);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + base + "/shunpi", "shunpi", "shunpi");
    }

    private String one(String sql) throws SQLException {
        try (Connection connection = connection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = connection()) {
            connection.createStatement().executeUpdate(sql);
        }
    }

    private void end() {
        try {
            load.end();
            for (Node node : nodes) {
                if (node.process != null) {
                    node.process.destroyForcibly().waitFor();
                }
            }
            if (balancer != null) {
                balancer.destroyForcibly();
            }
            run("scripts/postgresql", "stop", folder.resolve("postgresql").toString());
        } catch (Exception e) {
            System.err.println(e);
        }
    }

    private static void run(String... command) throws Exception {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
