package com.shunpi.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A database server or folder, in which each contender has an empty database of its own. */
abstract class Database implements AutoCloseable {

    /** The same heap for all, and none that grows during the measurement. */
    static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-Dfile.encoding=UTF-8");

    static Database named(String name) throws IOException {
        return switch (name) {
            case "postgresql" -> new Postgresql();
            case "h2" -> new H2();
            default -> throw new IllegalArgumentException("no such database: " + name);
        };
    }

    abstract String name();

    /** What it is set to, for the report. */
    abstract String settings() throws SQLException;

    abstract WorkerProcess worker(Engine engine, List<String> jvm) throws SQLException;

    /** Before each measurement, so that none pays for what the one before it left behind. */
    abstract void tidy(Engine engine) throws SQLException;

    @Override
    public abstract void close() throws IOException;

    WorkerProcess worker(Engine engine, String url, String user, List<String> jvm) {
        List<String> options = Stream.concat(
                        JVM.stream(),
                        jvm.stream()
                                .map(option -> option.replace(
                                        "{engine}", name() + "-" + engine.name().toLowerCase())))
                .toList();
        Path log = Benchmark.OUTPUT.resolve(name() + "-" + engine.name().toLowerCase() + ".log");
        return new WorkerProcess(engine, url, user, "", log, options);
    }

    /** The PostgreSQL that the tests use, but as durable as it is in production. */
    private static final class Postgresql extends Database {

        private static final Map<String, String> DURABLE = Map.of(
                "fsync",
                "on",
                "synchronous_commit",
                "on",
                "full_page_writes",
                "on",
                // each contender's tables are vacuumed and analyzed before its turn instead
                "autovacuum",
                "off");

        private final EmbeddedPostgres server;

        Postgresql() throws IOException {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
            DURABLE.forEach(builder::setServerConfig);
            server = builder.start();
        }

        @Override
        String name() {
            return "postgresql";
        }

        private Connection connect(String database) throws SQLException {
            return DriverManager.getConnection(server.getJdbcUrl("postgres", database));
        }

        @Override
        String settings() throws SQLException {
            StringBuilder settings = new StringBuilder();
            try (Connection connection = connect("postgres");
                    Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("select 'PostgreSQL ' || current_setting('server_version') ||"
                                    + " string_agg(', ' || name || ' ' || current_setting(name), '' order by name) from pg_settings where"
                                    + " name in ('fsync', 'synchronous_commit', 'full_page_writes', 'autovacuum', 'shared_buffers',"
                                    + " 'wal_sync_method')")) {
                row.next();
                settings.append(row.getString(1));
            }
            return settings.toString();
        }

        @Override
        WorkerProcess worker(Engine engine, List<String> jvm) throws SQLException {
            String database = engine.name().toLowerCase();
            try (Connection connection = connect("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + database);
            }
            return worker(engine, server.getJdbcUrl("postgres", database), "postgres", jvm);
        }

        @Override
        void tidy(Engine engine) throws SQLException {
            try (Connection connection = connect(engine.name().toLowerCase());
                    Statement statement = connection.createStatement()) {
                statement.execute("vacuum (analyze)");
                statement.execute("checkpoint");
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** A file for each, its commits on the disk when they return: docs/adr/0003-h2-durability.md. */
    private static final class H2 extends Database {

        private final Path folder = Benchmark.OUTPUT.resolve("h2").toAbsolutePath();

        H2() throws IOException {
            empty();
        }

        @Override
        String name() {
            return "h2";
        }

        @Override
        String settings() {
            return "H2 " + org.h2.engine.Constants.FULL_VERSION
                    + ", a file for each, saved and synced with each commit";
        }

        @Override
        WorkerProcess worker(Engine engine, List<String> jvm) {
            String url = "jdbc:h2:file:" + folder.resolve(engine.name().toLowerCase())
                    + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";
            return worker(engine, url, "sa", jvm);
        }

        @Override
        void tidy(Engine engine) {}

        private void empty() throws IOException {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            empty();
        }
    }
}
