package com.shunpi.monitoring;

import com.shunpi.calendar.WorkingDays;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Figures that stand in the database, and so are the same on every node and after every restart: whoever adds up nodes
 * takes the largest, not the sum. They are read together now and then, one grouped statement per table, and a scrape asks
 * the database nothing. While they cannot be read the last ones stay, and {@code shunpi_figures_age_seconds} grows.
 *
 * <p>No label names a person, a customer or a document: what a label may be is a short list.
 */
@Component
class Figures {

    private static final Logger log = LoggerFactory.getLogger(Figures.class);

    private static final String ALL_QUEUES = "*";

    /** Wrong passwords after which the engine keeps an account locked. */
    private static final int MOST_ATTEMPTS = 10;

    private static final String QUEUES = """
            select q.queue, count(w.task_id), count(w.task_id) - count(w.assignee),
                count(case when w.due < :now then 1 end), min(w.created)
            from (select id_ as queue from act_id_group union select '*') q
            left join worklist w on w.queue = q.queue
            group by q.queue
            """;

    // a suspended job waits because somebody wants it to
    private static final String JOBS = """
            select count(case when retries_ = 0 then 1 end), count(case when retries_ > 0 then 1 end),
                min(case when retries_ > 0 then coalesce(duedate_, create_time_) end)
            from act_ru_job
            where retries_ = 0 or (suspension_state_ = 1 and (duedate_ is null or duedate_ <= :now))
            """;

    private static final String INCIDENTS = """
            select p.key_, count(i.id_)
            from act_re_procdef p left join act_ru_incident i on i.proc_def_id_ = p.id_
            group by p.key_
            """;

    private static final String MAILS = """
            select s.status, count(m.id), min(m.created_at)
            from (values ('queued'), ('failed')) s (status) left join mail_outbox m on m.status = s.status
            group by s.status
            """;

    // a collection case does not say whether it was followed up in time: its open tasks do
    private static final String LATE = """
            select 'reply', count(*) from sales_order
            where status in ('IN_REVIEW', 'RETURNED', 'HELD') and replied_at is null and received_at <= :replyBefore
            union all
            select 'shipment', count(*) from sales_order where status = 'RELEASED' and ship_by < :today
            union all
            select 'return-answer', count(*) from return_case
            where status = 'APPLIED' and answered_at is null
                and applied_at + answer_minutes * interval '1' minute <= :now
            union all
            select 'return-proposal', count(*) from return_case
            where status = 'ANSWERED' and proposal_from + proposal_minutes * interval '1' minute <= :now
            union all
            select 'collection-follow-up', count(*)
            from act_ru_task t join act_re_procdef p on p.id_ = t.proc_def_id_
            where p.key_ = 'collection' and t.due_date_ <= :now
            """;

    private static final String IMPORTS = """
            select s.state, count(j.id), min(j.touched_at)
            from (values ('queued'), ('running')) s (state) left join import_job j on j.state = s.state
            group by s.state
            """;

    private static final String ACCOUNTS = """
            select 'locked', count(*) from act_id_user where lock_exp_time_ > :now or attempts_ >= :mostAttempts
            union all
            select 'frozen', count(*) from frozen_account
            """;

    private static final String COLLECTION_RUN =
            "select run_day, finished_at from collection_run where finished_at is not null"
                    + " order by run_day desc fetch first 1 row only";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final WorkingDays workingDays;
    private final Duration replyLimit;
    private final LocalTime collectionRunAt;
    private final Clock clock;
    private final Map<Figure, MultiGauge> gauges = new EnumMap<>(Figure.class);
    private volatile Instant read;

    /**
     * @param replyLimit an order that has no answer by then is late (R2)
     * @param collectionRunAt when the daily run begins on a working day (C3), Asia/Shanghai
     */
    Figures(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            WorkingDays workingDays,
            @Value("${shunpi.order.reply-limit:24h}") Duration replyLimit,
            @Value("${shunpi.collection.run-at:08:00}") LocalTime collectionRunAt,
            Clock clock,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
        this.workingDays = workingDays;
        this.replyLimit = replyLimit;
        this.collectionRunAt = collectionRunAt;
        this.clock = clock;
        for (Figure figure : Figure.values()) {
            gauges.put(
                    figure,
                    MultiGauge.builder(figure.meter)
                            .description(figure.description)
                            .baseUnit(figure.unit)
                            .register(meters));
        }
        TimeGauge.builder("shunpi.figures.age", this::age, TimeUnit.MILLISECONDS)
                .description("Since when the figures from the database have not been read; NaN before the first time")
                .register(meters);
    }

    /** Reads them anew. A database that is away is no reason to end: the age says so. */
    @Scheduled(initialDelayString = "${shunpi.figures.first-after}", fixedDelayString = "${shunpi.figures.interval}")
    void read() {
        Instant now = clock.instant();
        try {
            Map<Figure, List<MultiGauge.Row<?>>> rows = transaction.execute(status -> at(now));
            gauges.forEach((figure, gauge) -> gauge.register(rows.getOrDefault(figure, List.of()), true));
            read = now;
        } catch (DataAccessException | TransactionException e) {
            log.warn("The figures for monitoring could not be read: {}", e.getMessage());
        }
    }

    private Map<Figure, List<MultiGauge.Row<?>>> at(Instant now) {
        Rows rows = new Rows(now);
        Timestamp time = Timestamp.from(now);
        jdbc.sql(QUEUES).param("now", time).query(rows::queue);
        jdbc.sql(JOBS).param("now", time).query(rows::jobs);
        jdbc.sql(INCIDENTS).query(row -> {
            rows.add(Figure.INCIDENTS, Tags.of("process", row.getString(1)), row.getLong(2));
        });
        jdbc.sql(MAILS).query(row -> {
            rows.addWithOldest(Figure.MAILS, Figure.MAILS_OLDEST, "status", row);
        });
        jdbc.sql(LATE)
                .param("now", time)
                .param("replyBefore", Timestamp.from(now.minus(replyLimit)))
                .param("today", LocalDate.ofInstant(now, WorkingDays.ZONE))
                .query(row -> {
                    rows.add(Figure.LATE, Tags.of("limit", row.getString(1)), row.getLong(2));
                });
        jdbc.sql(IMPORTS).query(row -> {
            rows.addWithOldest(Figure.IMPORTS, Figure.IMPORTS_OLDEST, "state", row);
        });
        jdbc.sql(ACCOUNTS)
                .param("now", time)
                .param("mostAttempts", MOST_ATTEMPTS)
                .query(row -> {
                    rows.add(Figure.ACCOUNTS, Tags.of("state", row.getString(1)), row.getLong(2));
                });
        LocalDate[] lastRun = {LocalDate.MIN};
        jdbc.sql(COLLECTION_RUN).query(row -> {
            lastRun[0] = row.getObject(1, LocalDate.class);
            rows.add(Figure.COLLECTION_RUN_AGE, Tags.empty(), rows.age(row.getTimestamp(2)));
        });
        rows.add(Figure.COLLECTION_RUN_LATE, Tags.empty(), collectionRunLate(now, lastRun[0]));
        return rows.byFigure;
    }

    /** A day that was missed altogether is not made up for, so only today's run can be late. */
    private long collectionRunLate(Instant now, LocalDate lastRun) {
        ZonedDateTime local = now.atZone(WorkingDays.ZONE);
        LocalDate today = local.toLocalDate();
        if (!lastRun.isBefore(today) || !workingDays.isWorkingDay(today)) {
            return 0;
        }
        return Math.max(
                0,
                Duration.between(today.atTime(collectionRunAt).atZone(WorkingDays.ZONE), local)
                        .toSeconds());
    }

    private Number age() {
        return read == null ? null : Duration.between(read, clock.instant()).toMillis();
    }

    /** The values of one reading. */
    private static final class Rows {

        private final Map<Figure, List<MultiGauge.Row<?>>> byFigure = new EnumMap<>(Figure.class);
        private final Instant now;

        Rows(Instant now) {
            this.now = now;
        }

        void add(Figure figure, Tags tags, Number value) {
            byFigure.computeIfAbsent(figure, key -> new ArrayList<>()).add(MultiGauge.Row.of(tags, value));
        }

        void queue(ResultSet row) throws SQLException {
            String queue = row.getString(1);
            if (queue.equals(ALL_QUEUES)) {
                add(Figure.TASKS, Tags.empty(), row.getLong(2));
                return;
            }
            Tags tags = Tags.of("queue", queue);
            add(Figure.QUEUE_TASKS, tags, row.getLong(2));
            add(Figure.QUEUE_UNCLAIMED, tags, row.getLong(3));
            add(Figure.QUEUE_OVERDUE, tags, row.getLong(4));
            add(Figure.QUEUE_OLDEST, tags, age(row.getTimestamp(5)));
        }

        void jobs(ResultSet row) throws SQLException {
            add(Figure.JOBS_FAILED, Tags.empty(), row.getLong(1));
            add(Figure.JOBS_DUE, Tags.empty(), row.getLong(2));
            add(Figure.JOBS_OLDEST, Tags.empty(), age(row.getTimestamp(3)));
        }

        /** A row with a word, how many there are, and since when the oldest of them. */
        void addWithOldest(Figure count, Figure oldest, String label, ResultSet row) throws SQLException {
            Tags tags = Tags.of(label, row.getString(1));
            add(count, tags, row.getLong(2));
            add(oldest, tags, age(row.getTimestamp(3)));
        }

        /** Seconds; 0 for nothing, and for what another node's clock says will be. */
        long age(Timestamp since) {
            return since == null
                    ? 0
                    : Math.max(0, Duration.between(since.toInstant(), now).toSeconds());
        }
    }
}
