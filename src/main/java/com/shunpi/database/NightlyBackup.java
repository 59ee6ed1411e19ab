package com.shunpi.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.h2.tools.Restore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * A backup of the H2 file each day, whose restore is tried at once (A6). A machine that is switched off at night is no
 * reason to have none: what counts is whether today's is there. PostgreSQL is backed up with its own tools.
 */
@Component
class NightlyBackup {

    private static final Logger log = LoggerFactory.getLogger(NightlyBackup.class);
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String DATABASE = "shunpi";
    private static final String TRIAL = DATABASE + "-restore-";
    private static final String COUNT = "select count(*) from decision_record";

    private final DataSource dataSource;
    private final boolean file;
    private final String user;
    private final String password;
    private final Path folder;
    private final int keep;
    private final Clock clock;

    /**
     * @param folder where the backups lie, e.g. {@code shunpi-2026-11-22.zip}; on another disk, where there is one
     * @param keep how many days' backups stay
     */
    NightlyBackup(
            DataSource dataSource,
            @Value("${spring.datasource.url:}") String url,
            @Value("${spring.datasource.username:}") String user,
            @Value("${spring.datasource.password:}") String password,
            @Value("${shunpi.backup.folder}") Path folder,
            @Value("${shunpi.backup.keep}") int keep,
            Clock clock,
            MeterRegistry meters) {
        this.dataSource = dataSource;
        this.file = DurableH2DataSource.isFile(url);
        this.user = user;
        this.password = password;
        this.folder = folder;
        this.keep = keep;
        this.clock = clock;
        if (file) {
            TimeGauge.builder("shunpi.backup.age", this::ageInSeconds, TimeUnit.SECONDS)
                    .description("Age of the latest backup whose restore succeeded; NaN while there is none")
                    .register(meters);
        }
    }

    /** Makes today's backup where it is missing. What goes wrong is logged, shown by the age, and tried again. */
    @Scheduled(initialDelayString = "${shunpi.backup.first-after}", fixedDelayString = "${shunpi.backup.interval}")
    void backUp() {
        Path today = folder.resolve(DATABASE + "-" + LocalDate.now(clock.withZone(SHANGHAI)) + ".zip");
        if (!file || Files.exists(today)) {
            return;
        }
        Path unfinished = folder.resolve(today.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            removeWhatAKilledProcessLeft();
            Instant begin = clock.instant();
            long decisions = write(unfinished);
            Instant written = clock.instant();
            tryRestore(unfinished, decisions);
            Files.move(unfinished, today, StandardCopyOption.ATOMIC_MOVE);
            log.info(
                    "备份完成并已试恢复：{}（{} MB，{} 条决定记录，备份 {} 秒，试恢复 {} 秒）",
                    today,
                    Files.size(today) / 1_000_000,
                    decisions,
                    Duration.between(begin, written).toSeconds(),
                    Duration.between(written, clock.instant()).toSeconds());
            forgetTheOldest();
        } catch (IOException | SQLException | RuntimeException e) {
            log.error("备份失败，稍后重试：{}", today, e);
            FileSystemUtils.deleteRecursively(unfinished.toFile());
        }
    }

    /** As large as the database each, and nobody else would ever remove them. One process at a time has the file open. */
    private void removeWhatAKilledProcessLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path left : files.filter(path -> path.getFileName()
                            .toString()
                            .matches(TRIAL + "\\d+|" + DATABASE + "-\\d{4}-\\d\\d-\\d\\d\\.zip\\.part"))
                    .toList()) {
                FileSystemUtils.deleteRecursively(left);
            }
        }
    }

    private long write(Path target) throws IOException, SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                FileOutputStream file = new FileOutputStream(target.toFile());
                ZipOutputStream zip = new ZipOutputStream(file)) {
            // decisions are never removed: the copy, which begins later, has no fewer
            long decisions = count(statement);
            zip.putNextEntry(new ZipEntry(DATABASE + ".mv.db"));
            connection.unwrap(DurableConnection.Copy.class).copyTo(zip);
            zip.finish();
            file.getFD().sync();
            return decisions;
        }
    }

    /** A backup that cannot be restored is none. */
    private void tryRestore(Path backup, long decisions) throws IOException, SQLException {
        Path trial = Files.createTempDirectory(folder, TRIAL);
        try {
            Restore.execute(backup.toString(), trial.toString(), DATABASE);
            try (Connection connection = DriverManager.getConnection(
                            "jdbc:h2:file:" + trial.resolve(DATABASE).toAbsolutePath()
                                    + ";ACCESS_MODE_DATA=r;LAZY_QUERY_EXECUTION=1",
                            user,
                            password);
                    Statement statement = connection.createStatement()) {
                long restored = count(statement);
                if (restored < decisions) {
                    throw new IllegalStateException(
                            "Of " + decisions + " decisions " + restored + " came back from " + backup);
                }
                readAll(statement);
            }
        } finally {
            FileSystemUtils.deleteRecursively(trial);
        }
    }

    /** A count looks at the pages of an index at most; a page that is damaged shows when it is read. */
    private static void readAll(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet table = statement.executeQuery("select table_schema, table_name from information_schema.tables"
                + " where table_type = 'BASE TABLE' and table_schema <> 'INFORMATION_SCHEMA'")) {
            while (table.next()) {
                tables.add("\"" + table.getString(1) + "\".\"" + table.getString(2) + "\"");
            }
        }
        for (String table : tables) {
            try (ResultSet row = statement.executeQuery("select * from " + table)) {
                while (row.next()) {
                    // reading it is the point
                }
            }
        }
    }

    private static long count(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(COUNT)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void forgetTheOldest() throws IOException {
        List<Path> backups = backups();
        for (Path old : backups.subList(0, Math.max(0, backups.size() - keep))) {
            Files.delete(old);
        }
    }

    /** The finished ones, the oldest first. */
    private List<Path> backups() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().matches(DATABASE + "-\\d{4}-\\d\\d-\\d\\d\\.zip"))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
    }

    /** Null while there is none. */
    private Number ageInSeconds() {
        try {
            List<Path> backups = backups();
            if (backups.isEmpty()) {
                return null;
            }
            Instant made =
                    Files.getLastModifiedTime(backups.get(backups.size() - 1)).toInstant();
            return Duration.between(made, clock.instant()).toSeconds();
        } catch (IOException e) {
            return null;
        }
    }
}
