package com.shunpi.database;

import org.h2.mvstore.MVStore;

/** Keeps an H2 file small, now and then after a save: what is alive in its oldest, emptiest parts is written anew. */
final class Housekeeping {

    private static final int FILL_PERCENT = 50;
    private static final int MOST_BYTES = 4 << 20;
    private static final long PAUSE_NANOS = 1_000_000_000;

    private long last = System.nanoTime();

    /** To be called by one thread at a time. The next save writes what this has moved, and the one after it frees the space. */
    void keep(MVStore store) {
        if (System.nanoTime() - last > PAUSE_NANOS) {
            store.compact(FILL_PERCENT, MOST_BYTES);
            last = System.nanoTime();
        }
    }
}
