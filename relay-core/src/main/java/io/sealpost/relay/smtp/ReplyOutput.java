package io.sealpost.relay.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Where SubEtha writes its greeting; like every reply it leaves when the session next waits for input. */
final class ReplyOutput extends OutputStream {
    private final ClientConnection connection;

    ReplyOutput(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void write(int b) throws IOException {
        connection.write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        connection.write(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Left to the connection. */
    @Override
    public void flush() {}

    @Override
    public void close() {
        connection.close();
    }
}
