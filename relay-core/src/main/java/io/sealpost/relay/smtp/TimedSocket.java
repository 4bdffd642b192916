package io.sealpost.relay.smtp;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The accepted socket itself, under TLS when there is TLS: each read ends by a deadline, however slowly the bytes drip, and a write
 * that the client does not take can be seen and cut from outside.
 *
 * <p>One thread reads and writes; {@link #wake}, {@link #stuckInWrite} and {@link #close} may be called by any.
 */
class TimedSocket extends Socket {
    private final Duration writeTimeout;
    private volatile Deadline readBy;
    private volatile Deadline writeBy; // null while nothing is being written
    private volatile boolean woken;

    TimedSocket(Duration writeTimeout) {
        this.writeTimeout = writeTimeout;
        this.readBy = Deadline.in(Duration.ZERO);
    }

    /** From now on reads throw SocketTimeoutException once this has passed. */
    void readBy(Deadline deadline) {
        readBy = deadline;
    }

    /**
     * Ends the read that is running, and every later one, with a SocketTimeoutException. Unlike an end of file or a closed socket it
     * leaves TLS able to write, so that the client still hears why.
     */
    void wake() {
        woken = true;
        try {
            shutdownInput();
        } catch (IOException e) {
            // Closed already: nobody is reading.
        }
    }

    boolean stuckInWrite() {
        Deadline deadline = writeBy;
        return deadline != null && deadline.passed();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new TimedInput(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new WatchedOutput(super.getOutputStream());
    }

    private final class TimedInput extends FilterInputStream {
        TimedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long millis = readBy.remaining().toMillis();
            if (woken || millis <= 0) {
                throw new SocketTimeoutException("the time for reading is over");
            }
            setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
            int read = super.read(bytes, offset, length);
            if (read < 0 && woken) {
                throw new SocketTimeoutException("woken");
            }
            return read;
        }
    }

    private final class WatchedOutput extends FilterOutputStream {
        WatchedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writeBy = Deadline.in(writeTimeout);
            try {
                out.write(bytes, offset, length);
            } finally {
                writeBy = null;
            }
        }
    }
}
