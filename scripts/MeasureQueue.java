import java.net.URI;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * How long a queue takes to open when very many tasks are open in it.
 *
 * <pre>
 * java -cp 'target/dist/lib/*' scripts/MeasureQueue.java seed jdbc-url user password count   (application stopped)
 * java -cp 'target/dist/lib/*' scripts/MeasureQueue.java measure http://127.0.0.1:8080       (application running)
 * </pre>
 *
 * <p>Seeding copies one open order review of the demo company, with its executions, task, candidate groups and variables,
 * as often as wanted: for a database that is thrown away afterwards.
 */
public final class MeasureQueue {

    private static final int ROUNDS = 40;
    private static final int PORTION = 10_000;

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("seed")) {
            try (Connection database = DriverManager.getConnection(arguments[1], arguments[2], arguments[3])) {
                seed(database, Integer.parseInt(arguments[4]));
            }
        } else {
            measure(arguments[1]);
        }
    }

    // --- seed --------------------------------------------------------------------------------------------------------

    private static void seed(Connection database, int count) throws SQLException {
        database.setAutoCommit(false);
        String task = one(database, "select min(id_) from act_ru_task where task_def_key_ = 'userTask_reviewOrder'");
        String instance = one(database, "select proc_inst_id_ from act_ru_task where id_ = '" + task + "'");
        // copies of one row differ in its id and in what points to the copies of the others
        copy(database, "act_ru_execution", "id_ = '" + instance + "'", count);
        copy(database, "act_ru_execution", "parent_id_ = '" + instance + "'", count);
        copy(database, "act_ru_variable", "proc_inst_id_ = '" + instance + "' and bytearray_id_ is null", count);
        copy(database, "act_ru_task", "id_ = '" + task + "'", count);
        copy(database, "act_ru_identitylink", "task_id_ = '" + task + "'", count);
        try (Statement statement = database.createStatement()) {
            statement.execute("analyze");
        }
        database.commit();
        System.out.println("open tasks: " + one(database, "select count(*) from act_ru_task"));
    }

    private static void copy(Connection database, String table, String where, int count) throws SQLException {
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
            for (int from = 1; from <= count; from += PORTION) {
                statement.executeUpdate("insert into " + table + " (" + String.join(", ", columns) + ") select " + values
                        + " from " + table + " cross join generate_series(" + from + ", "
                        + Math.min(from + PORTION - 1, count) + ") as copies(n) where " + where);
                database.commit();
            }
        }
        System.out.println(table + " × " + count);
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
            case "due_date_" -> column + " + mod(n * 7919, 10000) * interval '1' minute";
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
        HttpClient http = HttpClient.newHttpClient();
        BiFunction<String, String, HttpRequest.Builder> as = (user, path) -> HttpRequest.newBuilder(
                        URI.create(base + path))
                .timeout(Duration.ofMinutes(2))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":demo").getBytes(StandardCharsets.UTF_8)));
        String filters = http.send(
                        as.apply("assistant1", "/engine-rest/filter?resourceType=Task&name=%E9%94%80%E5%94%AE%E5%8A%A9%E7%90%86%E5%BE%85%E5%8A%9E").build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        String filter = filters.replaceAll("(?s).*\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        Map<String, HttpRequest> requests = new TreeMap<>();
        requests.put("1 Tasklist: first page of the queue", as.apply(
                        "assistant1", "/engine-rest/filter/" + filter + "/list?firstResult=0&maxResults=15")
                .header("Accept", "application/hal+json")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
        requests.put("2 Tasklist: count of the queue", as.apply(
                        "assistant1", "/engine-rest/filter/" + filter + "/count").build());
        requests.put("3 GET /api/worklist", as.apply("assistant1", "/api/worklist?first=0&max=50").build());
        requests.put("4 GET /api/worklist?queue=", as.apply(
                        "assistant1", "/api/worklist?queue=sales-assistant&first=0&max=50")
                .build());
        requests.put("5 no task at all: GET /api/calendar/2026", as.apply("assistant1", "/api/calendar/2026").build());
        System.out.println("| request | median | p95 |");
        System.out.println("|---|--:|--:|");
        for (Map.Entry<String, HttpRequest> request : requests.entrySet()) {
            double[] times = new double[ROUNDS];
            for (int i = -10; i < ROUNDS; i++) {
                long begin = System.nanoTime();
                HttpResponse<String> answer = http.send(request.getValue(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(request.getKey() + ": " + answer.statusCode() + " " + answer.body());
                }
                if (i >= 0) {
                    times[i] = (System.nanoTime() - begin) / 1e6;
                }
            }
            Arrays.sort(times);
            System.out.printf(
                    "| %s | %.0f ms | %.0f ms |%n",
                    request.getKey().substring(2), times[ROUNDS / 2], times[(int) (ROUNDS * 0.95)]);
        }
    }
}
