package com.shunpi.database;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;

/**
 * Copies an H2 file while people go on saving to it. H2's own {@code BACKUP} saves first, past {@link SnapshotGate}, so it would
 * have to hold the gate until the last byte is copied: minutes in which nobody's work is saved.
 *
 * <p>A save fills gaps that nobody needs any more, or it appends, and it cuts off what nobody needs at the end. So the copy begins
 * with one that is never empty and goes to the end. While gaps are left alone, each of the next goes behind the one before it: what there
 * was when the copy began stays as it is. But for the two blocks of the head: they are read at once.
 */
final class LiveCopy {

    /** Two blocks of H2's. */
    private static final int HEAD_BYTES = 2 * 4096;

    private static final int PART_BYTES = 1 << 20;

    private final MVStore store;
    private final FileStore<?> file;
    private final SnapshotGate gate;
    private final SnapshotGate.Save save;
    private ByteBuffer head;
    private long end;

    /** @param save puts all that was committed on the disk; it is called with the gate held */
    LiveCopy(MVStore store, SnapshotGate gate, SnapshotGate.Save save) {
        this.store = store;
        this.file = store.getFileStore();
        this.gate = gate;
        this.save = save;
    }

    /** Everything that was committed before. One at a time. */
    void writeTo(OutputStream out) throws IOException, SQLException {
        file.setReuseSpace(false);
        try {
            gate.save(this::begin);
            out.write(head.array());
            for (long at = HEAD_BYTES; at < end; at += PART_BYTES) {
                if (Thread.currentThread().isInterrupted()) {
                    // a read would close the file for everybody
                    throw new InterruptedIOException("the application ends");
                }
                out.write(read(at, (int) Math.min(PART_BYTES, end - at)).array());
            }
        } finally {
            file.setReuseSpace(true);
        }
    }

    private void begin() throws SQLException {
        // a change, so that there is something to save even when nobody has worked
        store.setStoreVersion(store.getStoreVersion());
        save.run();
        head = read(0, HEAD_BYTES);
        end = file.size();
    }

    private ByteBuffer read(long at, int bytes) {
        return file.readFully(null, at, bytes);
    }
}
