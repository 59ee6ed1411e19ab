package com.shunpi.workflow;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the open tasks of a queue in the order in which they are shown: the highest priority first, then what is due
 * first, then what came first. It asks the table {@code worklist}, whose index has that order, so that a page takes as
 * long in a queue of a million tasks as in one of a hundred. Says nothing about who may see a queue.
 */
@Component
class Worklist {

    /** The queue of all tasks. */
    static final String ALL = "*";

    /** Nobody works off more than this in a day; further ones are not counted. */
    static final int COUNTED = 10_000;

    private static final String ORDER = "priority desc, due asc nulls last, created, task_id";

    /**
     * @param document number of the document on the card
     * @param caseKey business key of the case
     * @param rootKey business key of the case that called it, or its own
     * @param due null when the task has no limit
     */
    record Row(
            String taskId,
            String name,
            String step,
            String document,
            String customer,
            String amount,
            boolean urgent,
            Instant due,
            int priority,
            String assignee,
            Instant created,
            String caseKey,
            String rootKey) {}

    private final JdbcClient jdbc;

    Worklist(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Ids of the tasks of a queue, whoever has claimed them. */
    List<String> ids(String queue, int first, int max) {
        return jdbc.sql("select task_id from worklist where queue = ? order by queue, " + ORDER + " limit ? offset ?")
                .params(queue, max, first)
                .query(String.class)
                .list();
    }

    /** All tasks of a queue, whoever has claimed them. */
    long count(String queue) {
        return jdbc.sql("select count(*) from worklist where queue = ?")
                .param(queue)
                .query(Long.class)
                .single();
    }

    /**
     * A page with what the cards show, in one statement.
     *
     * @param user whose claimed tasks are among them while those of others are not; null for those of everybody
     */
    List<Row> page(Collection<String> queues, String user, int first, int max) {
        String sql = "select t.id_, t.name_, t.task_def_key_, d.text_, n.text_, a.text_, u.long_, t.due_date_,"
                + " t.priority_, t.assignee_, t.create_time_, c.business_key_, r.business_key_"
                + " from (select task_id from ("
                + open(queues, user, (long) first + max) + ") open_tasks order by " + ORDER + " limit " + max
                + " offset " + first
                + ") p"
                + " join act_ru_task t on t.id_ = p.task_id"
                + " left join act_ru_execution c on c.id_ = t.proc_inst_id_"
                + " left join act_ru_execution r on r.id_ = c.root_proc_inst_id_"
                + card("d", CaseVariables.DOCUMENT_NUMBER)
                + card("n", CaseVariables.CUSTOMER_NAME)
                + card("a", CaseVariables.AMOUNT)
                + card("u", CaseVariables.URGENT)
                + " order by t.priority_ desc, t.due_date_ asc nulls last, t.create_time_, t.id_";
        return open(jdbc.sql(sql), queues, user).query(Worklist::row).list();
    }

    /** Business key of the case that each of these tasks belongs to. */
    Map<String, String> cases(Collection<String> taskIds) {
        if (taskIds.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(
                        "select t.id_, e.business_key_ from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_"
                                + " where t.id_ in (:ids) and e.business_key_ is not null")
                .param("ids", taskIds)
                .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** As {@link #page}, but for the number of tasks: at most {@link #COUNTED} and one. */
    long count(Collection<String> queues, String user) {
        return open(jdbc.sql("select count(*) from (" + open(queues, user, COUNTED + 1) + ") open_tasks"), queues, user)
                .query(Long.class)
                .single();
    }

    /**
     * Each queue is read in the order of the index and no further than needed; who waits in two is there once. How far stands
     * in the text: of a limit that it does not know PostgreSQL thinks the worst, and plans the page anew each time.
     */
    private static String open(Collection<String> queues, String user, long upto) {
        return IntStream.range(0, queues.size())
                .mapToObj(i -> "(select task_id, priority, due, created from worklist where queue = :queue" + i
                        + (user == null ? "" : " and (assignee is null or assignee = :user)") + " order by queue, "
                        + ORDER + " limit " + upto + ")")
                .collect(Collectors.joining(" union "));
    }

    private static JdbcClient.StatementSpec open(
            JdbcClient.StatementSpec statement, Collection<String> queues, String user) {
        int i = 0;
        for (String queue : queues) {
            statement = statement.param("queue" + i++, queue);
        }
        return user == null ? statement : statement.param("user", user);
    }

    private static String card(String alias, String variable) {
        return " left join act_ru_variable %1$s on %1$s.var_scope_ = t.proc_inst_id_ and %1$s.name_ = '%2$s'"
                .formatted(alias, variable);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7) == 1,
                instant(row.getTimestamp(8)),
                row.getInt(9),
                row.getString(10),
                instant(row.getTimestamp(11)),
                row.getString(12),
                row.getString(13));
    }

    private static Instant instant(Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
