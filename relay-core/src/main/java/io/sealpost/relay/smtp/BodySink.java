package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import io.sealpost.queue.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes the bytes of one message: up to a bound in memory, then all of them in a file. What cannot be kept is counted and dropped, since
 * the client is heard to its end whatever happens here.
 *
 * <p>Closed when the message is done with: its memory goes back to the budget, and the file is deleted unless
 * {@link #content} handed it over.
 */
final class BodySink implements AutoCloseable {
    /** Why the message was not kept. */
    enum Fault {
        /** More than the largest message. */
        TOO_LARGE,
        /** No memory left in the budget, or no room on the disk. */
        NO_ROOM
    }

    private static final int FIRST_CAPACITY = 8192;
    private static final int FILE_BUFFER = 1 << 16;
    private static final byte[] NOTHING = {};

    private final BodyStore store;
    private final DataSize maxSize;
    private byte[] memory = NOTHING;
    private FileChannel file; // null while in memory, and after the content was handed over
    private int used; // bytes in memory that the file does not hold
    private long taken; // of the budget
    private long size;
    private boolean discarding;
    private Fault fault; // null while there is none

    BodySink(BodyStore store, DataSize maxSize) {
        this.store = store;
        this.maxSize = maxSize;
    }

    /** How many bytes came, kept or not. */
    long size() {
        return size;
    }

    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** Nothing of this message will be wanted: counts from now on, and keeps nothing. */
    void discard() {
        discarding = true;
    }

    void write(byte[] bytes, int offset, int length) {
        size += length;
        if (!discarding && size > maxSize.bytes()) {
            fail(Fault.TOO_LARGE);
        }
        for (int done = 0; done < length && !discarding; ) {
            done += keep(bytes, offset + done, length - done);
        }
    }

    /** Keeps as many bytes as there is room for, making room where there is none; how many. */
    private int keep(byte[] bytes, int offset, int length) {
        int kept = Math.min(length, memory.length - used);
        System.arraycopy(bytes, offset, memory, used, kept);
        used += kept;
        if (kept < length) {
            makeRoom();
        }
        return kept;
    }

    private void makeRoom() {
        if (file != null || memory.length == store.inMemory()) {
            spill();
            return;
        }
        int capacity = Math.min(store.inMemory(), Math.max(FIRST_CAPACITY, 2 * memory.length));
        if (store.memory().tryTake(capacity - taken)) {
            memory = Arrays.copyOf(memory, capacity);
            taken = capacity;
        } else {
            fail(Fault.NO_ROOM);
        }
    }

    private void spill() {
        try {
            if (file == null) {
                file = store.openFile();
            }
            ByteBuffer rest = ByteBuffer.wrap(memory, 0, used);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            used = 0;
            shrinkTo(FILE_BUFFER);
        } catch (IOException e) {
            fail(Fault.NO_ROOM);
        }
    }

    private void shrinkTo(int capacity) {
        if (memory.length > capacity) {
            memory = new byte[capacity];
            store.memory().giveBack(taken - capacity);
            taken = capacity;
        }
    }

    private void fail(Fault found) {
        fault = found;
        discarding = true;
    }

    /**
     * The message, which from now on belongs to the caller; empty when it could not be kept. Asked for once, after the last byte.
     */
    Optional<Content> content() {
        if (!discarding && file != null) {
            spill();
        }
        if (discarding) {
            return Optional.empty();
        }
        if (file == null) {
            Content content = Content.of(used == memory.length ? memory : Arrays.copyOf(memory, used));
            memory = NOTHING;
            return Optional.of(content);
        }
        Content spooled = new SpooledContent(file, size);
        file = null;
        return Optional.of(spooled);
    }

    @Override
    public void close() {
        store.memory().giveBack(taken);
        memory = NOTHING;
        taken = 0;
        if (file != null) {
            Quietly.close(file);
        }
    }
}
