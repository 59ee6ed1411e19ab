package com.shunpi.database;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps H2 from saving its file in the middle of somebody's statement. It saves a table and its indexes one after the other, as
 * each is at that moment: what a statement changes in between is there in one and missing in another once the process has been
 * killed. Writing statements go together, a save goes alone.
 */
final class SnapshotGate {

    /** For how long statements wait before one that has begun is waited for no more, and they go on: it may wait for them. */
    private static final long PATIENCE_MILLIS = 20;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    interface Work<T> {
        T run() throws Throwable;
    }

    interface Save {
        void run() throws SQLException;
    }

    <T> T write(Work<T> statement) throws Throwable {
        lock.readLock().lock();
        try {
            return statement.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A statement may wait for a row of somebody who is not let in to commit: therefore again and again, and never for good. */
    void save(Save save) throws SQLException {
        try {
            while (!lock.writeLock().tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                // those who waited behind go first
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted before it was on the disk", e);
        }
        try {
            save.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
