package io.sealpost.relay.smtp;

import io.sealpost.queue.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Content in an unlinked file. Any number of streams may read it at once; the disk's space is free again after {@link #release}. */
final class SpooledContent implements Content {
    private final FileChannel file;
    private final long size;

    SpooledContent(FileChannel file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() {
        return new FileInput();
    }

    @Override
    public void release() {
        Quietly.close(file);
    }

    @Override
    public String toString() {
        return size + " bytes on disk";
    }

    private final class FileInput extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int read = file.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(read, 0);
            return read;
        }
    }
}
