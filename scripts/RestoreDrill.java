import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Backs a database up under load, by the means that docs/operations.md names, restores it to another place, and looks
 * whether everything came back and the application works on it (A6). Run it by {@code scripts/restore-drill}; it needs what
 * {@code scripts/package-distribution} builds, and for PostgreSQL the server's own tools.
 *
 * <p>The cases are copies of three orders of the demo company, with every row of every table that belongs to them: of ten,
 * eight are archived (every step done by its people), one waits for its review with its two timers running, and one for the
 * warehouse. Every tenth case has a file of 50 KB that cannot be compressed. What that comes to per case is printed.
 */
public final class RestoreDrill {

    private static final String ARCHIVED = "DH-1015";
    private static final String OPEN = "DH-1002";
    private static final String TO_SHIP = "DH-1010";
    private static final int FILE_BYTES = 50_000;
    private static final int PORTION = 5_000;
    private static final int OVERDUE = 20;
    private static final Pattern NUMBER = Pattern.compile("\"orderNumber\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern COUNT = Pattern.compile("\"count\"\\s*:\\s*(\\d+)");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path root = Path.of("").toAbsolutePath();
    private final Path folder;
    private final boolean postgresql;
    private final int cases;
    private final int port;
    private final boolean pointInTime;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> figures = new LinkedHashMap<>();
    private final MailServer mails;

    /** What the server has said yes to: external number → order number. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private final Set<String> rejected = ConcurrentHashMap.newKeySet();
    private final AtomicInteger serial = new AtomicInteger();
    private Process server;

    private RestoreDrill(Map<String, String> options) throws IOException {
        String database = options.getOrDefault("--database", "h2");
        if (!database.equals("h2") && !database.equals("postgresql")) {
            throw new IllegalArgumentException("--database h2|postgresql");
        }
        postgresql = database.equals("postgresql");
        folder = root.resolve("target/restore-drill").resolve(database);
        if (Files.exists(folder)) {
            delete(folder);
        }
        Files.createDirectories(folder);
        cases = Integer.parseInt(options.getOrDefault("--cases", "1000"));
        port = Integer.parseInt(options.getOrDefault("--port", "18100"));
        pointInTime = options.containsKey("--pitr");
        mails = new MailServer(port + 2);
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            boolean flag = arguments[i].equals("--pitr");
            options.put(arguments[i], flag ? "" : arguments[++i]);
        }
        RestoreDrill drill = new RestoreDrill(options);
        try {
            drill.run();
        } finally {
            drill.tidyUp();
        }
        System.out.println();
        drill.figures.forEach((what, figure) -> System.out.println("| " + what + " | " + figure + " |"));
        drill.faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(drill.faults.isEmpty() ? "everything came back" : drill.faults.size() + " faults");
        System.exit(drill.faults.isEmpty() ? 0 : 1);
    }

    private void run() throws Exception {
        if (postgresql) {
            command(Map.of(), "scripts/postgresql", "start", source().toString(), String.valueOf(port + 3));
        }
        start(url(false));
        // the last step of the demo company's last order
        await("the demo company", () -> count("/engine-rest/history/task/count?taskDefinitionKey=userTask_completeOrder"
                + "&finished=true") > 0);
        masterData();
        stop();
        try (Connection database = connect(url(false))) {
            timed("seed " + cases + " cases", () -> seed(database));
        }
        if (!postgresql) {
            atRest();
        }
        underLoad();
        restoreAndTry();
        if (pointInTime) {
            toAPointInTime();
        }
    }

    private void tidyUp() throws Exception {
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
        mails.close();
        if (postgresql) {
            for (Path data : List.of(source(), folder.resolve("recovered"))) {
                if (Files.exists(data.resolve("postmaster.pid"))) {
                    command(Map.of(), "scripts/postgresql", "stop", data.toString());
                }
            }
        }
    }

    private Path source() {
        return folder.resolve("postgresql");
    }

    private String url(boolean restored) {
        if (postgresql) {
            return "jdbc:postgresql://127.0.0.1:" + (port + 3) + "/" + (restored ? "restored" : "shunpi");
        }
        return "jdbc:h2:file:" + folder.resolve(restored ? "restored" : "data").resolve("shunpi")
                + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";
    }

    private Connection connect(String url) throws SQLException {
        return postgresql
                ? DriverManager.getConnection(url, "shunpi", "shunpi")
                : DriverManager.getConnection(url + ";CACHE_SIZE=1000000", "sa", "");
    }

    /** To read all of H2: row by row, which H2 is safe to do in a file that nobody writes to, its own housekeeping included. */
    private static Connection reading(String url) throws SQLException {
        return DriverManager.getConnection(url + ";ACCESS_MODE_DATA=r;LAZY_QUERY_EXECUTION=1", "sa", "");
    }

    // --- the cases -------------------------------------------------------------------------------------------------

    private void seed(Connection database) throws SQLException {
        execute(database, postgresql ? "set session_replication_role = replica" : "set referential_integrity false");
        copy(database, ARCHIVED, 1, cases * 8 / 10);
        copy(database, OPEN, cases * 8 / 10 + 1, cases * 9 / 10);
        copy(database, TO_SHIP, cases * 9 / 10 + 1, cases);
        attach(database);
        execute(database, postgresql ? "set session_replication_role = origin" : "set referential_integrity true");
        // what the demo company wrote is no news
        execute(database, "update mail_outbox set status = 'sent', sent_at = created_at, next_attempt_at = null"
                + " where status = 'queued'");
        execute(database, "analyze");
    }

    /** One row of a table, as the database itself names it. */
    private record Row(String table, String id) {}

    /** Every row that belongs to the order, as often as wanted; what the copies are called differs from one to the next. */
    private void copy(Connection database, String externalNumber, int from, int to) throws SQLException {
        String number = one(database, "select order_number from sales_order where external_number = '" + externalNumber + "'");
        Set<String> names = new LinkedHashSet<>(List.of(number, externalNumber));
        String invoice = one(database, "select invoice_number from sales_order where order_number = '" + number + "'");
        if (invoice != null) {
            names.add(invoice);
        }
        names.addAll(all(database, "select verification_number from verification where document_number = '" + number + "'"));
        String instance = one(database, "select proc_inst_id_ from act_hi_procinst where business_key_ = '" + number + "'");
        Set<String> ids = new LinkedHashSet<>(
                all(database, "select id_ from act_hi_procinst where root_proc_inst_id_ = '" + instance + "'"));
        Map<String, List<String>> tables = textColumns(database);
        // a candidate names its task, a task its case, a variable the bytes that it holds
        Set<Row> rows = Set.of();
        for (int known = -1; known < ids.size(); ) {
            known = ids.size();
            rows = rows(database, tables, names, ids);
            for (Row row : rows) {
                if (row.table.startsWith("act_")) {
                    ids.addAll(all(database, "select id_ from " + row.table + " where " + is(row)));
                }
                if (tables.get(row.table).contains("bytearray_id_")) {
                    ids.addAll(all(
                            database,
                            "select bytearray_id_ from " + row.table + " where bytearray_id_ is not null and "
                                    + is(row)));
                }
            }
        }
        Map<String, Integer> perTable = new TreeMap<>();
        for (Row row : rows) {
            if (row.table.equals("worklist")) {
                continue;
            }
            perTable.merge(row.table, 1, Integer::sum);
            String[] insert = insert(database, row, names, ids);
            for (int first = from; first <= to; first += PORTION) {
                // in portions: H2 keeps what a transaction has changed in memory
                execute(database, insert[0] + "generate_series(" + first + ", " + Math.min(first + PORTION - 1, to)
                        + ") as copies(n)" + insert[1]);
            }
        }
        System.out.println(externalNumber + " × " + (to - from + 1) + ": "
                + perTable.values().stream().mapToInt(Integer::intValue).sum() + " rows each " + perTable);
    }

    private Map<String, List<String>> textColumns(Connection database) throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select lower(c.table_name), lower(c.column_name)"
                        + " from information_schema.columns c join information_schema.tables t"
                        + " on t.table_name = c.table_name and t.table_schema = c.table_schema"
                        + " where lower(c.table_schema) = 'public' and t.table_type = 'BASE TABLE'"
                        + " and lower(c.data_type) = 'character varying' and lower(c.column_name) <> 'text_'"
                        // what came back of an order is another case
                        + " and lower(c.table_name) not like 'return%' and lower(c.table_name) not like 'flyway%'")) {
            while (row.next()) {
                columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>()).add(row.getString(2));
            }
        }
        return columns;
    }

    /** All rows that name the case in one of their columns. */
    private Set<Row> rows(
            Connection database, Map<String, List<String>> tables, Set<String> names, Set<String> ids)
            throws SQLException {
        String wanted = Stream.concat(names.stream(), ids.stream())
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        Set<Row> rows = new LinkedHashSet<>();
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
            String where = table.getValue().stream()
                    .map(column -> column + " in (" + wanted + ")")
                    .collect(Collectors.joining(" or "));
            all(database, "select " + rowId() + " from " + table.getKey() + " where " + where)
                    .forEach(id -> rows.add(new Row(table.getKey(), id)));
        }
        return rows;
    }

    private String rowId() {
        return postgresql ? "ctid" : "_rowid_";
    }

    private String is(Row row) {
        return rowId() + " = " + (postgresql ? "'" + row.id + "'" : row.id);
    }

    /** The statement around the numbers of the copies. */
    private String[] insert(Connection database, Row row, Set<String> names, Set<String> ids) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("select * from " + row.table + " where " + is(row))) {
            found.next();
            ResultSetMetaData meta = found.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                if (meta.isAutoIncrement(i)) {
                    continue;
                }
                String column = meta.getColumnName(i).toLowerCase(Locale.ROOT);
                columns.add(column);
                values.add(meta.getColumnType(i) == java.sql.Types.VARCHAR
                        ? copied(column, found.getString(i), names, ids)
                        : column);
            }
        }
        return new String[] {
            "insert into " + row.table + " (" + String.join(", ", columns) + ") select " + String.join(", ", values)
                    + " from " + row.table + " as original cross join ",
            " where original." + is(row)
        };
    }

    private static String copied(String column, String value, Set<String> names, Set<String> ids) {
        if (value == null) {
            return column;
        }
        if (ids.contains(value)) {
            // ids are 64 characters at most; some hold an element's id before the UUID
            return "right(" + column + ", 56) || '-' || n";
        }
        String copied = column;
        for (String name : names) {
            if (value.contains(name)) {
                copied = "replace(" + copied + ", '" + name + "', '" + name + "-' || n)";
            }
        }
        return copied;
    }

    private void attach(Connection database) throws SQLException {
        List<String> orders = all(
                database,
                "select order_number from sales_order where status = 'ARCHIVED' order by order_number fetch first "
                        + cases / 10 + " rows only");
        Random random = new Random(20261125);
        database.setAutoCommit(false);
        try (PreparedStatement insert = database.prepareStatement(
                "insert into attachment (id, case_number, file_name, content_type, byte_count, sha256, uploaded_by,"
                        + " uploaded_at, content) values (?, ?, '签收单.jpg', 'image/jpeg', ?, ?, 'assistant1',"
                        + " current_timestamp, ?)")) {
            for (String order : orders) {
                byte[] content = new byte[FILE_BYTES];
                random.nextBytes(content);
                insert.setString(1, java.util.UUID.randomUUID().toString());
                insert.setString(2, order);
                insert.setInt(3, FILE_BYTES);
                insert.setString(4, "0".repeat(64));
                insert.setBytes(5, content);
                insert.executeUpdate();
            }
        }
        database.commit();
        database.setAutoCommit(true);
    }

    // --- backup ----------------------------------------------------------------------------------------------------

    /** H2 has no snapshot to compare a backup under load with: the same statement once while nobody works. */
    private void atRest() throws Exception {
        Path zip = folder.resolve("at-rest.zip");
        List<String> before;
        try (Connection database = reading(url(false))) {
            before = timed("at rest: checksums", () -> checksums(database));
        }
        try (Connection database = connect(url(false))) {
            timed("at rest: BACKUP TO", () -> execute(database, "backup to '" + zip + "'"));
        }
        timed("at rest: restore", () -> restoreH2(zip, folder.resolve("at-rest")));
        try (Connection database = reading("jdbc:h2:file:" + folder.resolve("at-rest/shunpi"))) {
            compare("at rest", before, checksums(database));
        }
        delete(folder.resolve("at-rest"));
        Files.delete(zip);
    }

    /** Orders are entered and rejected while the backup is made; what was acknowledged before it began must be in it. */
    private Map<String, String> beforeBackup;

    /** Nanoseconds that a person waited for an answer. */
    private final AtomicLong slowest = new AtomicLong();

    private void underLoad() throws Exception {
        mails.refuse(true);
        start(url(false), "--shunpi.backup.folder=" + folder.resolve("backup"), "--shunpi.backup.first-after=20s");
        AtomicBoolean running = new AtomicBoolean(true);
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread person = new Thread(() -> {
                while (running.get()) {
                    long asked = System.nanoTime();
                    String order = enter("D-" + serial.incrementAndGet());
                    slowest.accumulateAndGet(System.nanoTime() - asked, Math::max);
                    if (order != null && serial.get() % 3 == 0) {
                        reject(order);
                    }
                    pause();
                }
            });
            person.start();
            people.add(person);
        }
        await("ten orders", () -> acknowledged.size() >= 10);
        Path backup = folder.resolve("backup");
        if (postgresql) {
            beforeBackup = Map.copyOf(acknowledged);
            slowest.set(0);
            timed("backup under load, trial restore included", () -> command(
                    environment(), "target/dist/bin/backup-postgresql", backup.toString()));
        } else {
            await("the backup's begin", () -> list(backup).stream().anyMatch(name -> name.endsWith(".part")));
            beforeBackup = Map.copyOf(acknowledged);
            slowest.set(0);
            timed("backup under load, trial restore included", () -> await(
                    "the backup", () -> list(backup).stream().anyMatch(name -> name.endsWith(".zip"))));
        }
        figures.put("the slowest order during the backup", slowest.get() / 1_000_000 + " ms");
        running.set(false);
        for (Thread person : people) {
            person.join();
        }
        figures.put("orders entered before and during the backup", beforeBackup.size() + " and "
                + (acknowledged.size() - beforeBackup.size()));
        // the mail server is back, and what waited goes out, before the machine is lost
        mails.refuse(false);
        await("the mails that waited", () -> mails.taken.size() >= rejected.size());
        server.destroyForcibly().waitFor();
        figures.put("size of the database", postgresql ? size() : megabytes(folder.resolve("data")));
        figures.put("size of the backup", megabytes(backup));
    }

    private String size() throws SQLException {
        try (Connection database = connect(url(false))) {
            return String.format("%,d MB", Long.parseLong(one(database, "select pg_database_size('shunpi')")) / 1_000_000);
        }
    }

    private Map<String, String> environment() {
        String bin = System.getenv().getOrDefault("POSTGRES_BIN", "/usr/lib/postgresql/17/bin");
        return Map.of(
                "PATH", bin + ":" + System.getenv("PATH"),
                "PGHOST", "127.0.0.1",
                "PGPORT", String.valueOf(port + 3),
                "PGUSER", "shunpi",
                "PGPASSWORD", "shunpi",
                "PGDATABASE", "shunpi");
    }

    /** People read what they got before they enter the next: four orders a second each. */
    private static void pause() {
        try {
            Thread.sleep(250);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // --- restore ---------------------------------------------------------------------------------------------------

    private void restoreAndTry() throws Exception {
        Path backup = folder.resolve("backup")
                .resolve(list(folder.resolve("backup")).stream()
                        .filter(name -> name.matches("shunpi-\\d{4}-\\d\\d-\\d\\d(\\.zip)?"))
                        .findFirst()
                        .orElseThrow());
        if (postgresql) {
            timed("restore with comparison of every table", () -> command(
                    environment(), "target/dist/bin/restore-postgresql", backup.toString(), "restored"));
        } else {
            timed("restore", () -> restoreH2(backup, folder.resolve("restored")));
        }
        if (!postgresql) {
            try (Connection database = reading(url(true))) {
                figures.put("tables, rows after the restore", count(checksums(database)));
            }
        }
        try (Connection database = connect(url(true))) {
            timed("consistency", () -> consistent(database));
            appendOnly(database);
            beOverdue(database);
        }
        afterTheRestore();
        int taken = mails.taken.size();
        start(url(true), "--shunpi.scheduling=false");
        use();
        Thread.sleep(10_000);
        if (mails.taken.size() > taken) {
            faults.add("mails went out with --shunpi.scheduling=false");
        }
        stop();
        start(url(true));
        await("the timers", () -> firedTimers() == OVERDUE);
        await("what the timers tell", () -> count("/api/mails?status=queued&max=1") == 0);
        stop();
        try (Connection database = connect(url(true))) {
            timersFiredOnce(database);
            figures.put("mails held until somebody decides", one(
                    database, "select count(*) from mail_outbox where last_error like '恢复%'"));
        }
        long different = mails.taken.stream().distinct().count();
        figures.put("mails that went out, from both databases", mails.taken.size() + ", twice "
                + (mails.taken.size() - different));
        if (different < mails.taken.size()) {
            faults.add("a mail went out twice");
        }
    }

    private void restoreH2(Path zip, Path target) throws Exception {
        String h2 = list(root.resolve("target/dist/lib")).stream()
                .filter(name -> name.matches("h2-.*\\.jar"))
                .findFirst()
                .orElseThrow();
        command(Map.of(), "java", "-cp", "target/dist/lib/" + h2, "org.h2.tools.Restore", "-file", zip.toString(), "-dir",
                target.toString(), "-db", "shunpi");
    }

    /** What was acknowledged before the backup is there, and every order is whole. */
    private void consistent(Connection database) throws SQLException {
        Set<String> orders = Set.copyOf(all(database, "select order_number from sales_order"));
        beforeBackup.forEach((external, number) -> {
            if (!orders.contains(number)) {
                faults.add(number + " was acknowledged before the backup and is missing");
            }
        });
        figures.put("orders after the restore", String.valueOf(orders.size()));
        none(database, "orders without their one case", "select count(*) from sales_order o where (select count(*) from"
                + " act_hi_procinst p where p.business_key_ = o.order_number and p.proc_def_key_ = 'order-review') <> 1");
        none(database, "orders whose lines are not theirs", "select count(*) from (select o.order_number from sales_order o"
                + " left join order_line l on l.order_number = o.order_number group by o.order_number, o.amount"
                + " having sum(round(l.quantity * l.unit_price, 2)) is distinct from o.amount) as wrong");
        none(database, "open cases without an execution", "select count(*) from act_hi_procinst p where p.end_time_ is null"
                + " and not exists (select 1 from act_ru_execution e where e.id_ = p.id_)");
        none(database, "executions of closed cases", "select count(*) from act_ru_execution e where not exists"
                + " (select 1 from act_hi_procinst p where p.id_ = e.proc_inst_id_ and p.end_time_ is null)");
        none(database, "tasks that are not in the worklist", "select count(*) from act_ru_task t where not exists"
                + " (select 1 from worklist w where w.task_id = t.id_ and w.queue = '*')");
        none(database, "rejected orders without their decision", "select count(*) from sales_order o where o.status ="
                + " 'REJECTED' and not exists (select 1 from decision_record d where d.document_number = o.order_number)");
    }

    private void none(Connection database, String what, String count) throws SQLException {
        String found = one(database, count);
        if (!found.equals("0")) {
            faults.add(what + ": " + found);
        }
    }

    private void appendOnly(Connection database) throws SQLException {
        List<String> attempts = new ArrayList<>(List.of(
                "update decision_record set comment = 'x' where id = (select min(id) from decision_record)",
                "delete from decision_record where id = (select min(id) from decision_record)"));
        attempts.add("truncate table decision_record");
        for (String attempt : attempts) {
            try {
                execute(database, attempt);
                faults.add("the restored record lets itself be changed: " + attempt);
            } catch (SQLException refused) {
                // as it should be
            }
        }
    }

    /** Some hours were lost: reminders that were due meanwhile. */
    private void beOverdue(Connection database) throws SQLException {
        execute(database, "update act_ru_job set duedate_ = create_time_ where id_ in (" + overdue() + ")");
        figures.put("timers due while it was down", one(
                database, "select count(*) from act_ru_job where duedate_ = create_time_"));
    }

    private static String overdue() {
        return "select j.id_ from act_ru_job j join act_ru_jobdef d on d.id_ = j.job_def_id_"
                + " where d.act_id_ = 'timer_replyReminder' order by j.id_ fetch first " + OVERDUE + " rows only";
    }

    private int firedTimers() {
        return count("/engine-rest/history/activity-instance/count?activityId=timer_replyReminder&finished=true");
    }

    private int count(String address) {
        String count = first(COUNT, send("manager", "GET", address, null).body);
        return count == null ? -1 : Integer.parseInt(count);
    }

    private void timersFiredOnce(Connection database) throws SQLException {
        String fired = one(database, "select count(*) from act_hi_actinst where act_id_ = 'timer_replyReminder'"
                + " and end_time_ is not null");
        String of = one(database, "select count(distinct proc_inst_id_) from act_hi_actinst where act_id_ ="
                + " 'timer_replyReminder' and end_time_ is not null");
        figures.put("timers fired, of how many cases", fired + ", " + of);
        if (!fired.equals(of) || !fired.equals(String.valueOf(OVERDUE))) {
            faults.add("timers fired: " + fired + " of " + of + " cases, expected " + OVERDUE);
        }
    }

    /** As docs/operations.md says. */
    private void afterTheRestore() throws Exception {
        String script = "target/dist/bin/after-restore.sql";
        if (postgresql) {
            command(environment(), "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "restored", "-f", script);
        } else {
            command(Map.of(), "java", "-cp", "target/dist/shunpi.jar:target/dist/lib/*", "org.h2.tools.RunScript", "-url",
                    url(true), "-user", "sa", "-password", "", "-script", script);
        }
    }

    /** A person logs in, sees the queue, completes tasks; a new order gets a number of its own; old ones are known. */
    private void use() throws Exception {
        timed("first page of the queue", () -> {
            String queue = send("assistant1", "GET", "/api/worklist?queue=sales-assistant&first=0&max=50", null).body;
            if (!queue.contains("documentNumber")) {
                faults.add("the queue: " + queue);
            }
        });
        Set<String> known = Set.copyOf(acknowledged.values());
        String fresh = enter("D-after");
        if (fresh == null || known.contains(fresh)) {
            faults.add("a new order got " + fresh);
        }
        if (fresh != null && !reject(fresh)) {
            faults.add("a task of a new order cannot be completed");
        }
        String[] some = beforeBackup.keySet().toArray(String[]::new);
        String again = enter(some[0]);
        if (!beforeBackup.get(some[0]).equals(again)) {
            faults.add(some[0] + " sent again is " + again);
        }
        String copied = first(ID, send("assistant2", "GET", "/engine-rest/task?taskDefinitionKey=userTask_reviewOrder"
                + "&processInstanceBusinessKeyLike=%25-" + cases * 9 / 10 + "&maxResults=1", null).body);
        Answer completed = complete(String.valueOf(copied));
        if (completed.status >= 300) {
            faults.add("the task of a restored case cannot be completed: " + copied + " " + completed);
        }
    }

    // --- point in time -----------------------------------------------------------------------------------------------

    private void archiveTheLog() throws Exception {
        Path archive = Files.createDirectories(folder.resolve("archive"));
        command(Map.of(), "chmod", "777", archive.toString());
        try (Connection database = DriverManager.getConnection(url(false), "shunpi", "shunpi")) {
            execute(database, "alter system set archive_mode = on");
            execute(database, "alter system set archive_command = 'test ! -f " + archive + "/%f && cp %p " + archive
                    + "/%f'");
        }
        command(Map.of(), "scripts/postgresql", "stop", source().toString());
        command(Map.of(), "scripts/postgresql", "start", source().toString(), String.valueOf(port + 3));
    }

    /** To the moment between two orders that were both acknowledged: the first is there, the second is not. */
    private void toAPointInTime() throws Exception {
        Path base = folder.resolve("recovered");
        archiveTheLog();
        start(url(false), "--shunpi.scheduling=false");
        timed("pg_basebackup", () -> command(
                environment(), "pg_basebackup", "--pgdata=" + base, "--checkpoint=fast", "--wal-method=none"));
        String kept = enter("P-before");
        String moment;
        try (Connection database = connect(url(false))) {
            moment = one(database, "select clock_timestamp()::text");
        }
        String lost = enter("P-after");
        server.destroyForcibly().waitFor();
        try (Connection database = connect(url(false))) {
            String segment = one(database, "select pg_walfile_name(pg_switch_wal())");
            await("the archived log", () -> Files.exists(folder.resolve("archive").resolve(segment)));
        }
        command(Map.of(), "scripts/postgresql", "stop", source().toString());
        Files.writeString(
                base.resolve("postgresql.auto.conf"),
                "restore_command = 'cp " + folder.resolve("archive") + "/%f %p'\nrecovery_target_time = '" + moment
                        + "'\nrecovery_target_action = 'promote'\narchive_mode = off\n");
        Files.createFile(base.resolve("recovery.signal"));
        command(Map.of(), "sh", "-c", "[ \"$(id -u)\" != 0 ] || chown -R 65534:65534 '" + base + "'");
        timed("recovery to a point in time", () -> {
            command(Map.of(), "scripts/postgresql", "start", base.toString(), String.valueOf(port + 3));
            try (Connection database = connect(url(false))) {
                await("the end of the recovery", () -> one(database, "select pg_is_in_recovery()").equals("f"));
            }
        });
        try (Connection database = connect(url(false))) {
            String found = String.join(", ", all(database, "select order_number from sales_order where external_number in"
                    + " ('P-before', 'P-after')"));
            figures.put("point in time: acknowledged before, after, found", kept + ", " + lost + ", " + found);
            if (lost == null || !found.equals(kept)) {
                faults.add("recovery to a point in time found " + found);
            }
        }
        start(url(false), "--shunpi.scheduling=false");
        if (enter("P-again") == null) {
            faults.add("no order can be entered after the recovery to a point in time");
        }
        stop();
    }

    // --- checksums -----------------------------------------------------------------------------------------------------

    /** Of each table its rows and the sum of their digests, whatever their order. */
    private List<String> checksums(Connection database) throws SQLException {
        List<String> sums = new ArrayList<>();
        for (String table : all(database, "select table_name from information_schema.tables where lower(table_schema) ="
                + " 'public' and table_type = 'BASE TABLE' order by 1")) {
            sums.add(checksum(database, table));
        }
        return sums;
    }

    private static String checksum(Connection database, String table) throws SQLException {
        long rows = 0;
        long sum = 0;
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select * from \"" + table + "\"")) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            int columns = row.getMetaData().getColumnCount();
            for (; row.next(); rows++) {
                for (int i = 1; i <= columns; i++) {
                    Object value = row.getObject(i);
                    if (value instanceof java.sql.Blob) {
                        digest.update(row.getBytes(i));
                    } else if (value instanceof byte[] bytes) {
                        digest.update(bytes);
                    } else if (value instanceof java.sql.Clob) {
                        digest.update(row.getString(i).getBytes(StandardCharsets.UTF_8));
                    } else {
                        digest.update(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
                    }
                    digest.update((byte) 0);
                }
                sum += java.nio.ByteBuffer.wrap(digest.digest()).getLong();
            }
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return table + "|" + rows + "|" + Long.toHexString(sum);
    }

    private void compare(String what, List<String> before, List<String> after) {
        List<String> different = new ArrayList<>(after);
        different.removeAll(before);
        if (!different.isEmpty() || before.size() != after.size()) {
            faults.add(what + ": differs in " + different);
        }
        figures.put(what + ": tables, rows compared", count(after));
    }

    private static String count(List<String> sums) {
        long rows = sums.stream().mapToLong(sum -> Long.parseLong(sum.split("\\|")[1])).sum();
        return sums.size() + ", " + rows;
    }

    // --- the application -----------------------------------------------------------------------------------------------

    private void start(String url, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                root.resolve("target/dist/bin/shunpi").toString(),
                "--server.port=" + port,
                "--management.server.port=" + (port + 1),
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + (postgresql ? "shunpi" : "sa"),
                "--spring.datasource.password=" + (postgresql ? "shunpi" : ""),
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + (port + 2),
                "--shunpi.mail.interval=1s",
                // for as long as the largest backup takes; after the last of them a mail would be given up
                "--shunpi.mail.retry-after=" + String.join(",", Collections.nCopies(300, "10s"))));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()));
        // little memory, so that what needs much of it is seen
        builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx768m");
        String what = "start of the application, until a person has his queue";
        timed(url.equals(url(true)) ? what + ", restored" : what, () -> {
            server = builder.start();
            await("the application, see " + folder.resolve("server.log"), () -> {
                if (!server.isAlive()) {
                    throw new IllegalStateException("The application does not start, see server.log");
                }
                return send("assistant1", "GET", "/api/worklist?first=0&max=15", null).status == 200;
            });
        });
    }

    private void stop() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(5, TimeUnit.MINUTES)) {
            faults.add("the application does not stop");
            server.destroyForcibly().waitFor();
        }
    }

    private void masterData() {
        upload("customers", """
                customer_code,name,grade,discount,payment_terms,credit_limit,credit_days,contact,phone,email,address,sales_rep,region
                RD-C1,恢复演练客户,A,1,credit,9000000000,30,张三,13800000000,drill@example.com,杭州,rep1,华东
                """);
        upload("products", """
                product_code,name,model,list_price,cost_price,stock,discontinued
                RD-P1,演练产品一,M1,12.24,6.00,100000000,false
                RD-P2,演练产品二,M2,8.00,4.00,100000000,false
                """);
    }

    private void upload(String kind, String csv) {
        String boundary = "----restore-drill";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + kind
                + ".csv\"\r\nContent-Type: text/csv\r\n\r\n" + csv + "\r\n--" + boundary + "--\r\n";
        Answer answer = send(request("assistant1", "/api/" + kind + "/import")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (answer.status != 200 || !answer.body.replace(" ", "").contains("\"rejected\":0")) {
            throw new IllegalStateException(kind + ": " + answer);
        }
    }

    /** @return the order's number, or null when it was not taken */
    private String enter(String externalNumber) {
        Answer answer = send("assistant1", "POST", "/api/orders", """
                {"source":"restore-drill","externalNumber":"%s","customerCode":"RD-C1","requiredDate":"2099-12-31",\
                "deliveryMode":"快递","consignee":"张三","phone":"13800000000","address":"浙江省杭州市西湖区测试路 1 号",\
                "urgent":false,"lines":[{"productCode":"RD-P1","quantity":2,"unitPrice":"12.2400"},\
                {"productCode":"RD-P2","quantity":1,"unitPrice":"8.0000"}]}""".formatted(externalNumber));
        String number = answer.status == 201 || answer.status == 200 ? first(NUMBER, answer.body) : null;
        if (number == null) {
            faults.add(externalNumber + ": " + answer);
        } else {
            acknowledged.putIfAbsent(externalNumber, number);
        }
        return number;
    }

    private boolean reject(String order) {
        String task = first(ID, send("assistant2", "GET", "/engine-rest/task?processInstanceBusinessKey=" + order
                + "&taskDefinitionKey=userTask_reviewOrder&maxResults=1", null).body);
        if (task == null || complete(task).status >= 300) {
            return false;
        }
        rejected.add(order);
        return true;
    }

    private Answer complete(String task) {
        return send("assistant2", "POST", "/engine-rest/task/" + task + "/complete",
                "{\"variables\":{\"decision\":{\"value\":\"reject\"},\"comment\":{\"value\":\"重复下单\"}}}");
    }

    private record Answer(int status, String body) {}

    private Answer send(String user, String method, String path, String json) {
        return send(request(user, path)
                .header("Content-Type", "application/json")
                .method(method, json == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private HttpRequest.Builder request(String user, String path) {
        String login = Base64.getEncoder().encodeToString((user + ":demo").getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json")
                .header("Authorization", "Basic " + login);
    }

    /** Status 0 when there was no answer. */
    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            return new Answer(0, String.valueOf(e));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** Takes mails, or not, and remembers the Message-ID of each. */
    private static final class MailServer {

        private final ServerSocket socket;
        private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean refusing;

        MailServer(int port) throws IOException {
            socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> {
                while (!socket.isClosed()) {
                    try (Socket client = socket.accept()) {
                        talk(client);
                    } catch (IOException e) {
                        // the next one, please
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        void refuse(boolean now) {
            refusing = now;
        }

        void close() throws IOException {
            socket.close();
        }

        private void talk(Socket client) throws IOException {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            say(client, "220 drill");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.toUpperCase(Locale.ROOT).split("[ :]")[0];
                if (verb.equals("MAIL") && refusing) {
                    say(client, "451 later");
                } else if (verb.equals("DATA")) {
                    say(client, "354 go on");
                    String id = "";
                    for (line = in.readLine(); !line.equals("."); line = in.readLine()) {
                        if (line.toLowerCase(Locale.ROOT).startsWith("message-id:")) {
                            id = line;
                        }
                    }
                    taken.add(id);
                    say(client, "250 taken");
                } else if (verb.equals("QUIT")) {
                    say(client, "221 bye");
                    return;
                } else {
                    say(client, "250 ok");
                }
            }
        }

        private static void say(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    // --- small things ----------------------------------------------------------------------------------------------------

    private interface Action {
        void run() throws Exception;
    }

    private interface Question<T> {
        T ask() throws Exception;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void timed(String what, Action action) throws Exception {
        timed(what, () -> {
            action.run();
            return null;
        });
    }

    private <T> T timed(String what, Question<T> question) throws Exception {
        long begin = System.nanoTime();
        T answer = question.ask();
        String seconds = String.format("%.1f s", (System.nanoTime() - begin) / 1e9);
        System.out.println(what + ": " + seconds);
        figures.put(what, seconds);
        return answer;
    }

    private static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(60).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            Thread.sleep(200);
        }
    }

    private void command(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!said.isBlank()) {
            System.out.println("  " + said.strip().replace("\n", "\n  "));
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in " + sql, e.getSQLState(), e);
        }
    }

    private static String one(Connection database, String query) throws SQLException {
        return all(database, query).get(0);
    }

    private static List<String> all(Connection database, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in " + query, e.getSQLState(), e);
        }
        return values;
    }

    private static List<String> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String megabytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
            return String.format("%,d MB", bytes / 1_000_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
