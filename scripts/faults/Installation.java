import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application: one node on an H2 file, or two on one PostgreSQL, each of which can be killed. */
final class Installation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Path folder;
    private final boolean postgresql;
    private final int port;
    private final List<String> settings;
    private final Process[] nodes;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /**
     * @param folder of a distribution; the working directory is the repository's
     * @param port of the first node; the database is one below it, the nodes' management ports are ten above
     * @param settings more arguments of the application
     */
    Installation(Path folder, String database, int port, String... settings) {
        this.folder = folder.toAbsolutePath();
        this.postgresql = database.equals("postgresql");
        if (!postgresql && !database.equals("h2")) {
            throw new IllegalArgumentException("--database h2 or postgresql, not " + database);
        }
        this.port = port;
        this.settings = List.of(settings);
        this.nodes = new Process[postgresql ? 2 : 1];
    }

    Path folder() {
        return folder;
    }

    boolean isPostgresql() {
        return postgresql;
    }

    int nodes() {
        return nodes.length;
    }

    URI address(int node) {
        return URI.create("http://127.0.0.1:" + (port + node));
    }

    /** Database and nodes. A first clean run of one node makes the tables and the archive of classes. */
    void start() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        startDatabase();
        startNode(0);
        awaitNode(0);
        stopNode(0);
        for (int node = 0; node < nodes.length; node++) {
            startNode(node);
        }
        for (int node = 0; node < nodes.length; node++) {
            awaitNode(node);
        }
    }

    void startDatabase() throws Exception {
        if (postgresql) {
            run("scripts/postgresql", "start", database().toString(), String.valueOf(port - 1));
        }
    }

    /** All its processes at once. */
    void killDatabase() throws Exception {
        run("scripts/postgresql", "kill", database().toString());
    }

    /** Stops its processes where they stand, or lets them go on: connections stay and nobody answers. */
    void freezeDatabase(boolean frozen) throws Exception {
        String signal = frozen ? "-STOP" : "-CONT";
        run("sh", "-c", "leader=$(head -n 1 '" + database() + "/postmaster.pid');"
                + " kill " + signal + " $leader $(ps -o pid= --ppid $leader)");
    }

    Path database() {
        return folder.resolve("postgresql");
    }

    /** Unless it runs already: of two who find it dead one is enough. */
    synchronized void startNode(int node) throws IOException {
        if (nodes[node] != null && nodes[node].isAlive()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(
                folder.resolve("bin/shunpi").toString(),
                "--server.port=" + (port + node),
                "--management.server.port=" + (port + 10 + node),
                // the demo company's own orders, which would take half of the first start
                "--shunpi.demo-orders=false"));
        if (postgresql) {
            command.add("--spring.datasource.url=" + url());
            command.add("--spring.datasource.username=shunpi");
            command.add("--spring.datasource.password=shunpi");
        }
        command.addAll(settings);
        nodes[node] = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("node" + (node + 1) + ".log").toFile()))
                .start();
    }

    /** Until it is well by its own account. A node that ends while its database is away is started again. */
    void awaitNode(int node) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!health(node).contains("\"UP\"")) {
            if (!nodes[node].isAlive()) {
                startNode(node);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Node " + (node + 1) + " does not come up, see " + folder);
            }
            Thread.sleep(100);
        }
    }

    /** What the management port says; empty when nobody answers within two seconds. */
    String health(int node) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + (port + 10 + node) + "/actuator/health"))
                                    .timeout(Duration.ofSeconds(15))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive(int node) {
        return nodes[node].isAlive();
    }

    void killNode(int node) throws InterruptedException {
        nodes[node].destroyForcibly();
        nodes[node].waitFor();
    }

    void stopNode(int node) throws InterruptedException {
        nodes[node].destroy();
        if (!nodes[node].waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
            throw new IllegalStateException("Node " + (node + 1) + " does not stop");
        }
    }

    void stopNodes() throws InterruptedException {
        for (int node = 0; node < nodes.length; node++) {
            stopNode(node);
        }
    }

    /** Past the application; of an H2 file only while no node has it. */
    Connection connect() throws SQLException {
        return postgresql
                ? DriverManager.getConnection(url(), "shunpi", "shunpi")
                : DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("data/shunpi"), "sa", "");
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + (port - 1) + "/shunpi";
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ends with " + process.exitValue());
        }
    }

    @Override
    public void close() {
        for (Process node : nodes) {
            if (node != null) {
                node.destroyForcibly();
            }
        }
        try {
            if (postgresql && database().resolve("postmaster.pid").toFile().exists()) {
                killDatabase();
            }
        } catch (Exception e) {
            System.err.println(e);
        }
    }

    static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new java.util.HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }
}
