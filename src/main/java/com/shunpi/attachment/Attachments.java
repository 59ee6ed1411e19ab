package com.shunpi.attachment;

import com.shunpi.shared.Fault;
import com.shunpi.shared.PlainText;
import com.shunpi.shared.RefusedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps files with cases. A file is uploaded first and belongs to who uploaded it; the case that names it takes it over, and
 * what none takes over is removed again. Nothing that is refused is kept.
 */
@Service
@Transactional
public class Attachments {

    private static final String COLUMNS =
            "id, case_number, file_name, content_type, byte_count, sha256, uploaded_by, uploaded_at";
    private static final int NAME_LENGTH = 200;

    private static final RowMapper<Attachment> ATTACHMENT = (row, number) -> new Attachment(
            row.getString("id"),
            row.getString("case_number"),
            row.getString("file_name"),
            row.getString("content_type"),
            row.getInt("byte_count"),
            row.getString("sha256"),
            row.getString("uploaded_by"),
            row.getTimestamp("uploaded_at").toInstant());

    private final JdbcClient jdbc;
    private final AttachmentSettings settings;
    private final Clock clock;

    Attachments(JdbcClient jdbc, AttachmentSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Keeps a file.
     *
     * @param caseNumber the case it is added to; null when none has it yet
     * @param name as the browser sent it; a path or characters that cannot be seen are refused
     */
    Attachment keep(String caseNumber, String name, byte[] content, String actor) {
        String fileName = fileName(name);
        if (content.length == 0) {
            throw RefusedException.invalid("file", "文件 " + fileName + " 是空的。");
        }
        if (content.length > settings.maxSize().toBytes()) {
            throw RefusedException.invalid(
                    "file", "文件 " + fileName + " 太大，不能超过 " + settings.maxSize().toMegabytes() + " MB。");
        }
        FileKind kind = FileKind.of(content)
                .orElseThrow(() ->
                        RefusedException.invalid("file", "文件 " + fileName + " 的内容不是允许的类型，只收 " + FileKind.NAMES + "。"));
        if (caseNumber == null && unclaimedOf(actor) >= settings.mostUnclaimed()) {
            throw RefusedException.conflict("您已有 " + settings.mostUnclaimed() + " 个上传后没有使用的文件，请先使用或等待系统清理。");
        }
        Attachment attachment = new Attachment(
                UUID.randomUUID().toString(),
                caseNumber,
                fileName,
                kind.contentType(),
                content.length,
                sha256(content),
                actor,
                clock.instant());
        jdbc.sql("insert into attachment (" + COLUMNS
                        + ", content) values (:id, :case, :name, :type, :bytes, :sha256, :by," + " :at, :content)")
                .param("id", attachment.id())
                .param("case", caseNumber)
                .param("name", fileName)
                .param("type", kind.contentType())
                .param("bytes", content.length)
                .param("sha256", attachment.sha256())
                .param("by", actor)
                .param("at", Timestamp.from(attachment.uploadedAt()))
                .param("content", content)
                .update();
        return attachment;
    }

    private static String fileName(String name) {
        String text = PlainText.trimmed(name);
        if (text == null) {
            throw RefusedException.invalid("file", "文件没有名称。");
        }
        if (text.contains("/") || text.contains("\\") || text.contains("..") || text.contains(":")) {
            throw RefusedException.invalid("file", "文件名不能含有路径（/ \\ : ..），请改名后再传。");
        }
        PlainText.fault(text, NAME_LENGTH).ifPresent(fault -> {
            throw RefusedException.invalid("file", "文件名" + fault + "。");
        });
        return text;
    }

    private long unclaimedOf(String actor) {
        return jdbc.sql("select count(*) from attachment where case_number is null and uploaded_by = :by")
                .param("by", actor)
                .query(Long.class)
                .single();
    }

    /**
     * The case takes over what this person uploaded for it, in the caller's transaction. Refused by position when a file is
     * not there (any more), is another person's, or belongs to another case; the same ones again change nothing.
     */
    public List<Attachment> claim(Collection<String> ids, String caseNumber, String actor) {
        List<Fault> faults = new ArrayList<>();
        int position = 0;
        for (String id : ids) {
            int rows = jdbc.sql("update attachment set case_number = :case where id = :id and uploaded_by = :by"
                            + " and (case_number is null or case_number = :case)")
                    .param("case", caseNumber)
                    .param("id", id)
                    .param("by", actor)
                    .update();
            if (rows == 0) {
                faults.add(Fault.of("attachments[" + position + "]", "附件不存在、已过期或不是您上传的，请重新上传。"));
            }
            position++;
        }
        if (!faults.isEmpty()) {
            throw RefusedException.invalid(faults);
        }
        return of(caseNumber);
    }

    /** The files of a case, oldest first. */
    @Transactional(readOnly = true)
    public List<Attachment> of(String caseNumber) {
        return jdbc.sql("select " + COLUMNS + " from attachment where case_number = :case order by uploaded_at, id")
                .param("case", caseNumber)
                .query(ATTACHMENT)
                .list();
    }

    @Transactional(readOnly = true)
    Optional<Attachment> find(String id) {
        return jdbc.sql("select " + COLUMNS + " from attachment where id = :id")
                .param("id", id)
                .query(ATTACHMENT)
                .optional();
    }

    @Transactional(readOnly = true)
    byte[] content(String id) {
        return jdbc.sql("select content from attachment where id = :id")
                .param("id", id)
                .query((row, number) -> row.getBytes(1))
                .single();
    }

    /** Removes what no case took over in time; returns how many. */
    int removeUnclaimed() {
        return jdbc.sql("delete from attachment where case_number is null and uploaded_at < :before")
                .param("before", Timestamp.from(clock.instant().minus(settings.unclaimed())))
                .update();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
