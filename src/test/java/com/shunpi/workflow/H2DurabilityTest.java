package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What was acknowledged is there after the process has died without a word. */
class H2DurabilityTest {

    @TempDir
    Path folder;

    @Test
    void nothingThatWasCommittedIsLostWhenTheProcessDies() throws Exception {
        List<String> acknowledged = writeAndDie("durable");

        assertThat(acknowledged).hasSize(50);
        assertThat(rows()).isEqualTo(50);
    }

    /** The reason for it: should H2 ever flush by itself, this fails and {@link H2Durability} can go. */
    @Test
    void h2ByItselfLosesIt() throws Exception {
        List<String> acknowledged = writeAndDie("plain");

        assertThat(acknowledged).hasSize(50);
        assertThat(rows()).isLessThan(50);
    }

    private List<String> writeAndDie(String how) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        url(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            List<String> lines = output.lines().toList();
            assertThat(process.waitFor()).isEqualTo(9);
            return lines;
        }
    }

    private int rows() {
        return new JdbcTemplate(dataSource(url())).queryForObject("select count(*) from written", Integer.class);
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("test").toAbsolutePath();
    }

    private static JdbcDataSource dataSource(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl(url);
        dataSource.setUser("sa");
        return dataSource;
    }

    /** Commits fifty times, says so each time, and dies before H2 would write by itself. */
    static final class Writer {

        public static void main(String[] arguments) {
            JdbcDataSource dataSource = dataSource(arguments[0]);
            DataSourceTransactionManager manager = new DataSourceTransactionManager(dataSource);
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            // keeps the database open, as the pool does
            jdbc.execute("set db_close_delay -1");
            jdbc.execute("create table written (id integer)");
            jdbc.execute("checkpoint sync");
            if (arguments[1].equals("durable")) {
                manager.addListener(new H2Durability(dataSource));
            }
            for (int i = 1; i <= 50; i++) {
                int id = i;
                new TransactionTemplate(manager)
                        .executeWithoutResult(status -> jdbc.update("insert into written values (?)", id));
                System.out.println("committed " + id);
            }
            System.out.flush();
            Runtime.getRuntime().halt(9);
        }
    }
}
