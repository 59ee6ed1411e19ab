package com.shunpi.workflow;

import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the triggers that keep the table {@code worklist}. Our migrations run before the engine has made its tables, so
 * this is done at the start; the table is filled in the same step, and again whenever it holds another number of tasks than
 * the engine.
 */
@Component
class WorklistTable {

    private static final Logger LOG = LoggerFactory.getLogger(WorklistTable.class);

    private static final String FILL = "insert into worklist (task_id, queue, priority, due, created, assignee)"
            + " select t.id_, q.queue, t.priority_, t.due_date_, t.create_time_, t.assignee_ from act_ru_task t"
            + " join (select id_ as task_id, '*' as queue from act_ru_task"
            + " union select task_id_, group_id_ from act_ru_identitylink"
            + " where type_ = 'candidate' and task_id_ is not null and group_id_ is not null) q on q.task_id = t.id_";

    private static final List<String> ON_H2 = List.of(
            "create trigger if not exists worklist_of_task after insert, update, delete on act_ru_task for each row"
                    + " call 'com.shunpi.workflow.WorklistTrigger'",
            "create trigger if not exists worklist_of_candidate after insert, delete on act_ru_identitylink for each row"
                    + " call 'com.shunpi.workflow.WorklistTrigger'");

    private static final List<String> ON_POSTGRESQL = List.of(
            "create or replace trigger worklist_of_task"
                    + " after insert or delete or update of priority_, due_date_, assignee_ on act_ru_task"
                    + " for each row execute function keep_worklist_of_task()",
            // two of them, since a condition sees either the old row or the new one
            "create or replace trigger worklist_of_candidate after insert on act_ru_identitylink for each row when"
                    + " (new.type_ = 'candidate' and new.task_id_ is not null and new.group_id_ is not null)"
                    + " execute function keep_worklist_of_candidate()",
            "create or replace trigger worklist_of_former_candidate after delete on act_ru_identitylink for each row when"
                    + " (old.type_ = 'candidate' and old.task_id_ is not null and old.group_id_ is not null)"
                    + " execute function keep_worklist_of_candidate()");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    WorklistTable(DataSource dataSource, TransactionTemplate transaction) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = transaction;
    }

    void prepare() {
        if (!isKept()) {
            transaction.executeWithoutResult(status -> build());
        } else if (!isComplete()) {
            LOG.warn("The worklist and the engine's tasks differ; it is built anew");
            transaction.executeWithoutResult(status -> build());
        }
    }

    /** The triggers come last: what H2 makes is there at once, and a start that ends in between has to begin again. */
    private void build() {
        boolean postgresql = isPostgresql();
        if (postgresql) {
            // other nodes may be at work
            jdbc.execute("lock table act_ru_task, act_ru_identitylink in share row exclusive mode");
        }
        jdbc.update("delete from worklist");
        jdbc.update(FILL);
        (postgresql ? ON_POSTGRESQL : ON_H2).forEach(jdbc::execute);
    }

    private boolean isKept() {
        return jdbc.queryForObject(
                        "select count(distinct lower(trigger_name)) from information_schema.triggers"
                                + " where lower(trigger_name) in ('worklist_of_task', 'worklist_of_candidate')",
                        Long.class)
                == 2;
    }

    private boolean isComplete() {
        return jdbc.queryForObject(
                        "select (select count(*) from act_ru_task)"
                                + " - (select count(*) from worklist where queue = '*')",
                        Long.class)
                == 0;
    }

    private boolean isPostgresql() {
        String name = jdbc.execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        return name.toLowerCase(Locale.ROOT).contains("postgresql");
    }
}
