package com.shunpi.database;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;

/**
 * A connection to an H2 file whose commit returns when the data is on the disk. H2 writes half a second late by itself, so
 * that a killed process loses what it had acknowledged.
 */
final class DurableConnection implements InvocationHandler {

    /** What ends a transaction, or may. */
    private static final Set<String> ENDS = Set.of("commit", "rollback", "setAutoCommit", "close");

    private final Connection connection;
    private final SnapshotGate gate;
    private final DiskRoom room;
    private final Disk disk;
    private final Copy copy;
    private boolean dirty;
    private boolean early;

    private DurableConnection(Connection connection, SnapshotGate gate, DiskRoom room, Disk disk, Copy copy) {
        this.connection = connection;
        this.gate = gate;
        this.room = room;
        this.disk = disk;
        this.copy = copy;
    }

    /** Returns when all that was committed before the call is on the disk. */
    @FunctionalInterface
    interface Disk {
        void sync() throws SQLException;
    }

    /** A connection on which the next commit need not wait for the disk: whoever commits after it takes it along. */
    @FunctionalInterface
    interface Early {
        void commitEarly();
    }

    /** A connection whose file can be copied while people work: what is written holds all that was committed before. */
    @FunctionalInterface
    interface Copy {
        void copyTo(OutputStream out) throws IOException, SQLException;
    }

    static Connection of(Connection connection, SnapshotGate gate, DiskRoom room, Disk disk, Copy copy) {
        return (Connection) Proxy.newProxyInstance(
                DurableConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class, Early.class, Copy.class},
                new DurableConnection(connection, gate, room, disk, copy));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("unwrap") || name.equals("isWrapperFor")) {
            boolean ours = arguments[0] == Early.class || arguments[0] == Copy.class;
            return !ours ? call(connection, method, arguments) : name.equals("unwrap") ? proxy : true;
        }
        if (method.getDeclaringClass() == Early.class) {
            early = true;
            return null;
        }
        if (method.getDeclaringClass() == Copy.class) {
            return call(copy, method, arguments);
        }
        Object result = ENDS.contains(name)
                ? gate.write(() -> call(connection, method, arguments))
                : call(connection, method, arguments);
        switch (name) {
            case "commit" -> written();
            // turning automatic commits on commits
            case "setAutoCommit" -> {
                if (Boolean.TRUE.equals(arguments[0])) {
                    written();
                }
            }
            case "rollback" -> {
                boolean toSavepoint = arguments != null;
                dirty &= toSavepoint;
                early &= toSavepoint;
            }
            default -> {
                if (result instanceof Statement statement) {
                    return statement(statement, arguments == null ? null : (String) sql(arguments));
                }
            }
        }
        return result;
    }

    private static Object sql(Object[] arguments) {
        return arguments[0] instanceof String ? arguments[0] : null;
    }

    /** @param prepared what a prepared statement will execute; null when each execution brings its own text */
    private Statement statement(Statement statement, String prepared) {
        Class<? extends Statement> type = statement instanceof CallableStatement
                ? CallableStatement.class
                : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return proxy(type, (proxy, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(statement, method, arguments);
            }
            String sql = arguments != null && arguments[0] instanceof String text ? text : prepared;
            boolean writes = sql == null || !isQuery(sql);
            if (writes) {
                room.mustBeThere();
            }
            if (!writes) {
                return locks(sql)
                        ? gate.write(() -> call(statement, method, arguments))
                        : call(statement, method, arguments);
            }
            Object result = gate.write(() -> call(statement, method, arguments));
            executed();
            return result;
        });
    }

    private void executed() throws SQLException {
        dirty = true;
        if (connection.getAutoCommit()) {
            written();
        }
    }

    private static boolean isQuery(String sql) {
        return sql.stripLeading().toLowerCase(Locale.ROOT).startsWith("select");
    }

    /** A lock on a row is written down like a change. */
    private static boolean locks(String sql) {
        return sql.toLowerCase(Locale.ROOT).contains("for update");
    }

    private void written() throws SQLException {
        if (dirty && !early) {
            disk.sync();
        }
        dirty = false;
        early = false;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(DurableConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
