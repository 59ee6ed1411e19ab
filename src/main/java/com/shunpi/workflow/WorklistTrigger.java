package com.shunpi.workflow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.h2.api.Trigger;

/**
 * Keeps the worklist on H2, in the transaction that changes a task or its candidate groups. Public because the database
 * makes the instance. PostgreSQL has the same in its own language.
 */
public final class WorklistTrigger implements Trigger {

    private final Map<String, Integer> columns = new HashMap<>();
    private boolean onTask;

    @Override
    public void init(Connection connection, String schema, String trigger, String table, boolean before, int type)
            throws SQLException {
        onTask = table.equalsIgnoreCase("act_ru_task");
        try (ResultSet column = connection.getMetaData().getColumns(null, schema, table, null)) {
            while (column.next()) {
                columns.put(
                        column.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                        column.getInt("ORDINAL_POSITION") - 1);
            }
        }
    }

    @Override
    public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
        if (onTask) {
            task(connection, oldRow, newRow);
        } else {
            candidate(connection, oldRow, newRow);
        }
    }

    private void task(Connection connection, Object[] before, Object[] after) throws SQLException {
        if (before == null) {
            execute(
                    connection,
                    "insert into worklist (task_id, queue, priority, due, created, assignee) values (?, '*', ?, ?, ?, ?)",
                    values(after, "id_", "priority_", "due_date_", "create_time_", "assignee_"));
        } else if (after == null) {
            execute(connection, "delete from worklist where task_id = ?", values(before, "id_"));
        } else if (!same(before, after, "priority_", "due_date_", "assignee_")) {
            execute(
                    connection,
                    "update worklist set priority = ?, due = ?, assignee = ? where task_id = ?",
                    values(after, "priority_", "due_date_", "assignee_", "id_"));
        }
    }

    private void candidate(Connection connection, Object[] before, Object[] after) throws SQLException {
        if (isCandidate(after)) {
            execute(
                    connection,
                    "merge into worklist (task_id, queue, priority, due, created, assignee) key (task_id, queue)"
                            + " select id_, cast(? as varchar), priority_, due_date_, create_time_, assignee_"
                            + " from act_ru_task where id_ = ?",
                    values(after, "group_id_", "task_id_"));
        } else if (isCandidate(before)) {
            execute(
                    connection,
                    "delete from worklist where task_id = ? and queue = ?",
                    values(before, "task_id_", "group_id_"));
        }
    }

    private boolean isCandidate(Object[] link) {
        return link != null
                && "candidate".equals(value(link, "type_"))
                && value(link, "task_id_") != null
                && value(link, "group_id_") != null;
    }

    private boolean same(Object[] before, Object[] after, String... names) {
        for (String name : names) {
            if (!Objects.equals(value(before, name), value(after, name))) {
                return false;
            }
        }
        return true;
    }

    private Object[] values(Object[] row, String... names) {
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = value(row, names[i]);
        }
        return values;
    }

    private Object value(Object[] row, String name) {
        return row[columns.get(name)];
    }

    private static void execute(Connection connection, String sql, Object[] values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
