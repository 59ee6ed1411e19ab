import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long a queue takes to open when very many tasks are open in it. {@code scripts/measure-queue} does all of it; by hand:
 *
 * <pre>
 * java -cp 'target/dist/lib/*' scripts/MeasureQueue.java seed jdbc-url user password from to   (application stopped)
 * java scripts/MeasureQueue.java measure http://127.0.0.1:8080                                 (application running)
 * </pre>
 *
 * <p>Seeding copies one open order review of the demo company, with its executions, task, candidate groups and what stands
 * on its card, once for each number from {@code from} to {@code to}: for a database that is thrown away afterwards.
 */
public final class MeasureQueue {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** So often is the server asked everything first: one that just started is measured by MeasureStart. */
    private static final int WARM_UP = 300;

    private static final int ROUNDS = 200;
    /** One request is not warmed up or measured for longer than this. */
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int PORTION = 10_000;

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("seed")) {
            try (Connection database = DriverManager.getConnection(arguments[1], arguments[2], arguments[3])) {
                seed(database, Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
            }
        } else {
            measure(arguments[1]);
        }
    }

    // --- seed --------------------------------------------------------------------------------------------------------

    private static void seed(Connection database, int first, int last) throws SQLException {
        database.setAutoCommit(false);
        String task = one(
                database,
                "select id_ from act_ru_task where task_def_key_ = 'userTask_reviewOrder' order by length(id_), id_ limit 1");
        String instance = one(database, "select proc_inst_id_ from act_ru_task where id_ = '" + task + "'");
        // copies of one row differ in its id and in what points to the copies of the others
        copy(database, "act_ru_execution", "id_ = '" + instance + "'", first, last);
        copy(database, "act_ru_execution", "parent_id_ = '" + instance + "'", first, last);
        copy(
                database,
                "act_ru_variable",
                "proc_inst_id_ = '" + instance
                        + "' and name_ in ('documentNumber', 'customerName', 'amount', 'urgent')",
                first,
                last);
        copy(database, "act_ru_task", "id_ = '" + task + "'", first, last);
        copy(database, "act_ru_identitylink", "task_id_ = '" + task + "'", first, last);
        database.setAutoCommit(true);
        try (Statement statement = database.createStatement()) {
            // what the server does by itself within a minute or two
            boolean postgresql = database.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            statement.execute(postgresql ? "vacuum analyze" : "analyze");
            if (postgresql) {
                // what was seeded is not written while people are measured
                statement.execute("checkpoint");
            }
        }
        System.out.println("open tasks: " + one(database, "select count(*) from act_ru_task"));
    }

    private static void copy(Connection database, String table, String where, int first, int last) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                columns.add(rows.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
            }
        }
        String values = columns.stream().map(MeasureQueue::copied).collect(Collectors.joining(", "));
        try (Statement statement = database.createStatement()) {
            // in portions: H2 keeps what a transaction has changed in memory
            for (int from = first; from <= last; from += PORTION) {
                statement.executeUpdate("insert into " + table + " (" + String.join(", ", columns) + ") select " + values
                        + " from " + table + " cross join generate_series(" + from + ", "
                        + Math.min(from + PORTION - 1, last) + ") as copies(n) where " + where);
                database.commit();
            }
        }
    }

    /** Priorities, limits and times of arrival differ as those of real orders do, so that there is something to sort. */
    private static String copied(String column) {
        return switch (column) {
                // ids are 64 characters at most; some hold an element's id and a UUID already
            case "id_",
                    "execution_id_",
                    "proc_inst_id_",
                    "root_proc_inst_id_",
                    "parent_id_",
                    "task_id_",
                    "var_scope_",
                    "act_inst_id_" -> "right(" + column + ", 50) || '-' || n";
            case "priority_" -> column + " - mod(n * 7, 30)";
            case "due_date_" -> column + " + cast(mod(cast(n as bigint) * 7919, 10000) as integer) * interval '1' minute";
            case "create_time_" -> column + " + n * interval '1' second";
            default -> column;
        };
    }

    private static String one(Connection database, String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    // --- measure -----------------------------------------------------------------------------------------------------

    private static void measure(String base) throws Exception {
        Map<String, HttpRequest> requests = new LinkedHashMap<>();
        requests.put("login alone, password: GET /api/calendar/2026", as("assistant1", base + "/api/calendar/2026").build());
        requests.put(
                "login alone, session: GET /api/calendar/2026",
                within(session(base, "assistant1"), base + "/api/calendar/2026"));
        Map<String, String> queues = new LinkedHashMap<>();
        queues.put("assistant1", "销售助理待办");
        queues.put("warehouse1", "仓库待办");
        queues.put("manager", "全部待办");
        for (Map.Entry<String, String> queue : queues.entrySet()) {
            String user = queue.getKey();
            String filter = base + "/engine-rest/filter/" + filter(base, user, queue.getValue());
            requests.put("Tasklist, " + user + ": first page", page(user, filter, 0));
            requests.put("Tasklist, " + user + ": page 100", page(user, filter, 1500));
            requests.put("Tasklist, " + user + ": count", as(user, filter + "/count").build());
            String worklist = base + "/api/worklist?first=0&max=50";
            requests.put("GET /api/worklist, " + user + ", password", as(user, worklist).build());
            requests.put("GET /api/worklist, " + user + ", session", within(session(base, user), worklist));
        }
        requests.put(
                "GET /api/worklist?queue=sales-assistant, manager",
                as("manager", base + "/api/worklist?queue=sales-assistant&first=0&max=50").build());
        requests.put(
                "engine's own: a task by its name",
                as("assistant1", base + "/engine-rest/task?nameLike=%25x%25&maxResults=15").build());
        System.out.println("| request | median | p95 |");
        System.out.println("|---|--:|--:|");
        for (HttpRequest request : requests.values()) {
            times(request, WARM_UP);
        }
        for (Map.Entry<String, HttpRequest> request : requests.entrySet()) {
            List<Double> times = times(request.getValue(), ROUNDS);
            System.out.printf(
                    "| %s | %.1f ms | %.1f ms |%n",
                    request.getKey(), times.get(times.size() / 2), times.get((int) (times.size() * 0.95)));
        }
    }

    /** Milliseconds, the shortest first. */
    private static List<Double> times(HttpRequest request, int rounds) throws Exception {
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + LONGEST.toNanos();
        while (times.size() < rounds && (times.isEmpty() || System.nanoTime() < end)) {
            long begin = System.nanoTime();
            send(request);
            times.add((System.nanoTime() - begin) / 1e6);
        }
        times.sort(null);
        return times;
    }

    /** Logs somebody in at the login page, as a browser does; the cookies of his session. */
    private static String session(String base, String user) throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();
        URI login = URI.create(base + "/login");
        browser.send(HttpRequest.newBuilder(login).build(), HttpResponse.BodyHandlers.discarding());
        String token = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SHUNPI-CSRF"))
                .findFirst()
                .orElseThrow()
                .getValue();
        browser.send(
                HttpRequest.newBuilder(login)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=" + user + "&password=demo&_csrf=" + token))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private static HttpRequest within(String session, String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofMinutes(2))
                .header("Cookie", session)
                .build();
    }

    private static HttpRequest page(String user, String filter, int first) {
        // the order is what Tasklist sends along
        return as(user, filter + "/list?firstResult=" + first + "&maxResults=15")
                .header("Accept", "application/hal+json")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"sorting\":[{\"sortBy\":\"created\",\"sortOrder\":\"desc\"}]}"))
                .build();
    }

    private static String filter(String base, String user, String name) throws Exception {
        String filters = send(as(user, base + "/engine-rest/filter?resourceType=Task&name="
                        + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .build());
        return filters.replaceAll("(?s).*\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    private static HttpRequest.Builder as(String user, String address) {
        String login = Base64.getEncoder().encodeToString((user + ":demo").getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Basic " + login);
    }

    private static String send(HttpRequest request) throws Exception {
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
