package com.shunpi.intake;

import com.shunpi.shared.PlainText;
import com.shunpi.spreadsheet.Upload;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The imports that run or ran in the background, with their files and results, for a week. */
@Repository
@Transactional(propagation = Propagation.REQUIRES_NEW)
class ImportJobs {

    private static final String UPLOAD = "upload";
    private static final String RESULT = "result";
    private static final Duration KEPT = Duration.ofDays(7);
    /** H2 holds at most 1 MB in a binary column that PostgreSQL knows too, so files come in pieces. */
    private static final int PIECE = 512 * 1024;

    private final JdbcClient jdbc;
    private final Clock clock;

    ImportJobs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps a new job and its file; clears away the old ones. */
    String create(String kind, String owner, Upload upload) {
        Instant now = clock.instant();
        jdbc.sql("delete from import_job where created_at < :before")
                .param("before", Timestamp.from(now.minus(KEPT)))
                .update();
        String id = UUID.randomUUID().toString();
        String name = upload.fileName();
        jdbc.sql(
                        "insert into import_job (id, kind, owner, file_name, state, total, done, accepted, duplicates, rejected,"
                                + " created_at, touched_at)"
                                + " values (:id, :kind, :owner, :name, 'queued', 0, 0, 0, 0, 0, :now, :now)")
                .param("id", id)
                .param("kind", kind)
                .param("owner", owner)
                .param("name", name.length() <= 200 ? name : name.substring(name.length() - 200))
                .param("now", Timestamp.from(now))
                .update();
        write(id, UPLOAD, upload.content());
        return id;
    }

    void delete(String id) {
        jdbc.sql("delete from import_job where id = :id").param("id", id).update();
    }

    /** How far a running job is. */
    void progress(String id, int total, int done, int accepted, int duplicates, int rejected) {
        jdbc.sql("update import_job set state = 'running', total = :total, done = :done, accepted = :accepted,"
                        + " duplicates = :duplicates, rejected = :rejected, touched_at = :now where id = :id")
                .param("id", id)
                .param("total", total)
                .param("done", done)
                .param("accepted", accepted)
                .param("duplicates", duplicates)
                .param("rejected", rejected)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /**
     * The job is over.
     *
     * @param result what the owner may fetch, as JSON
     * @param message null unless the file as a whole was refused
     */
    void finish(String id, ImportJob.State state, byte[] result, String message) {
        write(id, RESULT, result);
        jdbc.sql("update import_job set state = :state, message = :message, touched_at = :now where id = :id")
                .param("id", id)
                .param("state", state.code())
                .param("message", message == null ? null : PlainText.shorten(message, 1000))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    @Transactional(readOnly = true)
    Optional<ImportJob> find(String id) {
        return jdbc.sql("select * from import_job where id = :id")
                .param("id", id)
                .query((rs, row) -> job(rs))
                .optional()
                .map(job -> job.at(clock.instant()));
    }

    @Transactional(readOnly = true)
    Upload upload(ImportJob job) {
        return new Upload(job.fileName(), read(job.id(), UPLOAD));
    }

    /** The result as JSON. */
    @Transactional(readOnly = true)
    byte[] result(String id) {
        return read(id, RESULT);
    }

    private void write(String id, String content, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += PIECE) {
            jdbc.sql("insert into import_piece (job_id, content, piece, bytes) values (:id, :content, :piece, :bytes)")
                    .param("id", id)
                    .param("content", content)
                    .param("piece", from / PIECE)
                    .param("bytes", Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE)))
                    .update();
        }
    }

    private byte[] read(String id, String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        jdbc.sql("select bytes from import_piece where job_id = :id and content = :content order by piece")
                .param("id", id)
                .param("content", content)
                .query((rs, row) -> rs.getBytes(1))
                .list()
                .forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private static ImportJob job(ResultSet rs) throws SQLException {
        return new ImportJob(
                rs.getString("id"),
                rs.getString("kind"),
                rs.getString("owner"),
                rs.getString("file_name"),
                ImportJob.State.of(rs.getString("state")),
                rs.getInt("total"),
                rs.getInt("done"),
                rs.getInt("accepted"),
                rs.getInt("duplicates"),
                rs.getInt("rejected"),
                rs.getString("message"),
                rs.getTimestamp("touched_at").toInstant());
    }
}
