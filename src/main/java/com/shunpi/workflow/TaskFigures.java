package com.shunpi.workflow;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many tasks people had, did and left lying. Asks the engine's history tables themselves: its queries cannot group, and
 * would hand out every task. Their columns have been the same since Camunda 7.8, and 7.24 was the last release.
 */
@Component
public class TaskFigures {

    /**
     * The tasks of a person in a role.
     *
     * @param role a group, the person's own among those that could have had the task
     * @param person null for what nobody has claimed, which is counted in every queue it waits in
     * @param open at the end of the period
     * @param overdue of them, due before the end of the period and before now
     * @param done within the period
     * @param late of them, after they were due
     * @param medianHours calendar hours from creation to completion, two decimals; null when none was done
     */
    public record Load(
            String role, String person, long open, long overdue, long done, long late, BigDecimal medianHours) {}

    // the person's own group first: an override of the queue (an administrator, a leaver) falls back to the queue's
    private static final String LOADS = """
            select role, person,
                count(case when open = 1 then 1 end) open,
                count(case when open = 1 and due_date_ < :now then 1 end) overdue,
                count(case when done = 1 then 1 end) done,
                count(case when done = 1 and due_date_ < end_time_ then 1 end) late,
                cast(percentile_cont(0.5) within group (order by case when done = 1 then duration_ end) / 3600000
                    as numeric(12, 2)) median_hours
            from (
                select t.assignee_ person, t.due_date_, t.end_time_, t.duration_,
                    case when t.end_time_ is null or t.end_time_ >= :until then 1 else 0 end open,
                    case when t.end_time_ < :until and t.delete_reason_ = 'completed' then 1 else 0 end done,
                    coalesce(
                        (select min(l.group_id_) from act_hi_identitylink l
                            join act_id_membership m on m.group_id_ = l.group_id_ and m.user_id_ = t.assignee_
                            where l.task_id_ = t.id_ and l.type_ = 'candidate'),
                        (select min(l.group_id_) from act_hi_identitylink l
                            where l.task_id_ = t.id_ and l.type_ = 'candidate'),
                        '') role
                from act_hi_taskinst t
                where t.assignee_ is not null and t.start_time_ < :until
                    and (t.end_time_ is null or t.end_time_ >= :from)
                union all
                select null, t.due_date_, t.end_time_, t.duration_, 1, 0, l.group_id_
                from act_hi_taskinst t
                join (select distinct task_id_, group_id_ from act_hi_identitylink
                    where type_ = 'candidate' and group_id_ is not null) l on l.task_id_ = t.id_
                where t.assignee_ is null and t.start_time_ < :until
                    and (t.end_time_ is null or t.end_time_ >= :until)
            ) task
            where open = 1 or done = 1
            group by role, person
            order by role, person nulls last
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    TaskFigures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param until the first instant after the period */
    @Transactional(readOnly = true)
    public List<Load> between(Instant from, Instant until) {
        Instant now = clock.instant();
        return jdbc.sql(LOADS)
                // the engine keeps local time without a zone; the driver turns these into the same
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("now", Timestamp.from(now.isBefore(until) ? now : until))
                .query(Load.class)
                .list();
    }
}
