package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Content that lies in the database, read part by part (at most 1 MiB in memory), each in a statement of its own: nothing stays open
 * while the bytes travel over the network.
 */
final class StoredContent implements Content {
    private final Transactions transactions;
    private final QueueId message;
    private final long size;

    StoredContent(Transactions transactions, QueueId message, long size) {
        this.transactions = transactions;
        this.message = message;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() {
        return new Parts();
    }

    @Override
    public String toString() {
        return size + " bytes of " + message + " in the database";
    }

    private final class Parts extends InputStream {
        private byte[] part = new byte[0];
        private int at;
        private int next;
        private long read;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            if (at == part.length && !fetch()) {
                return -1;
            }
            int count = Math.min(length, part.length - at);
            System.arraycopy(part, at, into, offset, count);
            at += count;
            return count;
        }

        private boolean fetch() throws IOException {
            if (read == size) {
                return false;
            }
            part = transactions
                    .read(handle -> ClaimSql.contentPart(handle, message, next))
                    .orElseThrow(() -> new IOException("part " + next + " of " + message + " is not in the database"));
            at = 0;
            next++;
            read += part.length;
            return true;
        }
    }
}
