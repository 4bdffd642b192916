package io.sealpost.relay.smtp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

/** An accepted socket without a network: what the client sends is there from the start, and comes in reads of one size. */
final class MemorySocket extends TimedSocket {
    private final ByteArrayInputStream sent;
    private final int readSize;
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
    private boolean closed;

    MemorySocket(byte[] sent, int readSize) {
        super(Duration.ofMinutes(1));
        this.sent = new ByteArrayInputStream(sent);
        this.readSize = readSize;
    }

    byte[] replies() {
        return replies.toByteArray();
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() {
                return sent.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return sent.read(bytes, offset, Math.min(length, readSize));
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return replies;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new InetSocketAddress(getInetAddress(), 50_000);
    }

    @Override
    public void shutdownInput() {}

    @Override
    public void shutdownOutput() {}

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void setSoTimeout(int millis) {}

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void close() {
        closed = true;
    }
}
