package com.shunpi.database;

import java.sql.SQLException;

/**
 * Writes to the disk for all who wait at once: a sync that begins after a commit covers it, whoever asked for it. Forty
 * users who commit in the same moment wait for two syncs, not for forty.
 */
final class GroupSync {

    private long asked;
    private long done;
    private boolean busy;

    /** Returns when a sync is over that began after this call. */
    void sync(Sync disk) throws SQLException {
        long mine;
        long covered;
        synchronized (this) {
            mine = ++asked;
            while (busy && done < mine) {
                await();
            }
            if (done >= mine) {
                return;
            }
            busy = true;
            covered = asked;
        }
        boolean written = false;
        try {
            disk.write();
            written = true;
        } finally {
            synchronized (this) {
                busy = false;
                if (written) {
                    done = covered;
                }
                notifyAll();
            }
        }
    }

    private void await() throws SQLException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted before the commit was on the disk", e);
        }
    }

    @FunctionalInterface
    interface Sync {
        void write() throws SQLException;
    }
}
