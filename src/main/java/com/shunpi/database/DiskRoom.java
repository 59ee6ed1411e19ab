package com.shunpi.database;

import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Keeps an H2 file away from the end of its disk. A write of H2's that fails in the middle closes the file, and may leave an
 * index that names rows which are not there; a statement that is refused beforehand leaves everything as it was.
 */
class DiskRoom {

    /** Bytes that stay free: many times what H2 writes at once. */
    private static final long RESERVE = 64_000_000;

    /** What databases call a full disk, so that it is told like one. */
    private static final String DISK_FULL = "53100";

    private final File folder;

    DiskRoom(Path folder) {
        this.folder = folder.toFile();
    }

    boolean isThere() {
        // a folder that is still to be made has no disk yet
        return !folder.exists() || folder.getUsableSpace() >= RESERVE;
    }

    void mustBeThere() throws SQLException {
        if (!isThere()) {
            throw new SQLException("The disk of " + folder + " is nearly full: nothing is written any more", DISK_FULL);
        }
    }
}
