package com.shunpi.notification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The table {@code mail_outbox}. Plain SQL, since both what keeps a mail unique (savepoints) and what shares the queue
 * among workers (skip locked) lie below JPA.
 */
@Repository
class MailStore {

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String COLUMNS =
            "id, event, recipient, case_number, template, subject, body, status, attempts,"
                    + " next_attempt_at, sent_at, last_error, created_at";

    private final JdbcTemplate jdbcTemplate;
    private final JdbcClient jdbc;

    MailStore(JdbcTemplate jdbcTemplate) {
        this.jdbcTemplate = jdbcTemplate;
        this.jdbc = JdbcClient.create(jdbcTemplate);
    }

    /**
     * Adds a mail in the caller's transaction unless the event's mail to this recipient is there already.
     *
     * @return whether it was added
     */
    boolean add(Mail mail) {
        return Boolean.TRUE.equals(jdbcTemplate.execute((ConnectionCallback<Boolean>) connection -> {
            try {
                return insertIfAbsent(connection, mail);
            } catch (SQLException e) {
                // two transactions found nothing on H2 and both inserted: the later one waited for the first
                if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw e;
                }
                return false;
            }
        }));
    }

    private static boolean insertIfAbsent(Connection connection, Mail mail) throws SQLException {
        boolean postgreSql = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        String insert = "insert into mail_outbox (event, recipient, case_number, template, subject, body, status,"
                + " next_attempt_at, last_error, created_at, attempts) ";
        // PostgreSQL gives up the whole transaction when a statement fails, H2 the statement alone
        String sql = insert
                + (postgreSql
                        ? "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) on conflict (event, recipient) do nothing"
                        : "select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0"
                                + " where not exists (select 1 from mail_outbox where event = ? and recipient = ?)");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, mail.event());
            statement.setString(2, mail.recipient());
            statement.setString(3, mail.caseNumber());
            statement.setString(4, mail.template());
            statement.setString(5, mail.subject());
            statement.setString(6, mail.body());
            statement.setString(7, mail.status().code());
            statement.setObject(8, timestamp(mail.nextAttemptAt()));
            statement.setString(9, mail.error());
            statement.setObject(10, timestamp(mail.createdAt()));
            if (!postgreSql) {
                statement.setString(11, mail.event());
                statement.setString(12, mail.recipient());
            }
            return statement.executeUpdate() == 1;
        }
    }

    /**
     * Takes the mail that waits longest and is nobody else's. It counts as a try at once and comes back into the queue
     * when the lease ends, so that a worker that dies with it delays it but cannot lose it.
     */
    @Transactional
    Optional<Mail> claim(Instant now, Instant leaseEnd) {
        Optional<Mail> due = jdbc.sql("select " + COLUMNS + " from mail_outbox"
                        + " where status = 'queued' and next_attempt_at <= ?"
                        + " order by next_attempt_at, id fetch first 1 row only for update skip locked")
                .param(timestamp(now))
                .query(MailStore::mail)
                .optional();
        due.ifPresent(
                mail -> jdbc.sql("update mail_outbox set attempts = attempts + 1, next_attempt_at = ? where id = ?")
                        .param(timestamp(leaseEnd))
                        .param(mail.id())
                        .update());
        return due;
    }

    /** @param attempt which try this was: a worker whose lease has run out must not overwrite its successor */
    @Transactional
    void markSent(long id, int attempt, Instant at) {
        jdbc.sql("update mail_outbox set status = 'sent', sent_at = ?, next_attempt_at = null, last_error = null"
                        + " where id = ? and attempts = ? and status = 'queued'")
                .param(timestamp(at))
                .param(id)
                .param(attempt)
                .update();
    }

    /** @param nextAttemptAt null to give up */
    @Transactional
    void markFailed(long id, int attempt, String error, Instant nextAttemptAt) {
        jdbc.sql("update mail_outbox set status = ?, next_attempt_at = ?, last_error = ?"
                        + " where id = ? and attempts = ? and status = 'queued'")
                .param((nextAttemptAt == null ? MailStatus.FAILED : MailStatus.QUEUED).code())
                .param(timestamp(nextAttemptAt))
                .param(error)
                .param(id)
                .param(attempt)
                .update();
    }

    /** Puts a failed mail back into the queue. @return false when it is not failed (any more) */
    @Transactional
    boolean requeue(long id, Instant now) {
        return jdbc.sql("update mail_outbox set status = 'queued', attempts = 0, next_attempt_at = ?"
                                + " where id = ? and status = 'failed'")
                        .param(timestamp(now))
                        .param(id)
                        .update()
                == 1;
    }

    /** Removes what waits in the queue of these events. @return the events that had something there */
    Set<String> withdraw(Collection<String> events) {
        Set<String> waiting = new TreeSet<>(
                jdbc.sql("select event from mail_outbox where event in (:events)" + " and status = 'queued' for update")
                        .param("events", events)
                        .query(String.class)
                        .list());
        if (!waiting.isEmpty()) {
            jdbc.sql("delete from mail_outbox where event in (:events) and status = 'queued'")
                    .param("events", waiting)
                    .update();
        }
        return waiting;
    }

    Optional<Mail> find(long id) {
        return jdbc.sql("select " + COLUMNS + " from mail_outbox where id = ?")
                .param(id)
                .query(MailStore::mail)
                .optional();
    }

    /** Newest first and without their texts; null does not filter. */
    List<Mail> list(String caseNumber, MailStatus status, int first, int max) {
        Filter filter = new Filter(caseNumber, status);
        return jdbc.sql("select " + COLUMNS.replace(" body,", " null as body,") + " from mail_outbox" + filter.where()
                        + " order by id desc offset ? rows fetch next ? rows only")
                .params(filter.values())
                .param(first)
                .param(max)
                .query(MailStore::mail)
                .list();
    }

    long count(String caseNumber, MailStatus status) {
        Filter filter = new Filter(caseNumber, status);
        return jdbc.sql("select count(*) from mail_outbox" + filter.where())
                .params(filter.values())
                .query(Long.class)
                .single();
    }

    private record Filter(String where, List<Object> values) {

        Filter(String caseNumber, MailStatus status) {
            this(where(caseNumber, status), values(caseNumber, status));
        }

        private static String where(String caseNumber, MailStatus status) {
            return " where 1 = 1" + (caseNumber == null ? "" : " and case_number = ?")
                    + (status == null ? "" : " and status = ?");
        }

        private static List<Object> values(String caseNumber, MailStatus status) {
            List<Object> values = new ArrayList<>();
            if (caseNumber != null) {
                values.add(caseNumber);
            }
            if (status != null) {
                values.add(status.code());
            }
            return values;
        }
    }

    private static Mail mail(ResultSet row, int number) throws SQLException {
        return new Mail(
                row.getLong("id"),
                row.getString("event"),
                row.getString("recipient"),
                row.getString("case_number"),
                row.getString("template"),
                row.getString("subject"),
                row.getString("body"),
                MailStatus.of(row.getString("status")).orElseThrow(),
                row.getInt("attempts"),
                instant(row, "next_attempt_at"),
                instant(row, "sent_at"),
                row.getString("last_error"),
                instant(row, "created_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
