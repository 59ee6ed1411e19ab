package com.shunpi.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/** The files below {@code slow:} are written to only while nobody holds {@link #BUSY}. To be registered with H2. */
public final class SlowDisk extends FilePathWrapper {

    static final ReentrantReadWriteLock BUSY = new ReentrantReadWriteLock();

    @Override
    public String getScheme() {
        return "slow";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new SlowFile(super.open(mode));
    }

    private static final class SlowFile extends FileBaseDefault {

        private final FileChannel file;

        private SlowFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            BUSY.readLock().lock();
            try {
                return file.write(source, position);
            } finally {
                BUSY.readLock().unlock();
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
