package io.sealpost.relay.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What SubEtha reads: the verb of each line that the client sends, in capitals and without its argument, a line at a time. So its
 * reader finds nothing to stumble over, and its logger nothing to give away.
 */
final class VerbInput extends InputStream {
    private final SmtpSession session;
    private byte[] verb = {};
    private int position;

    VerbInput(SmtpSession session) {
        this.session = session;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (position == verb.length) {
            String next = session.nextVerb();
            if (next == null) {
                return -1;
            }
            verb = (next + "\r\n").getBytes(StandardCharsets.US_ASCII);
            position = 0;
        }
        int given = Math.min(length, verb.length - position);
        System.arraycopy(verb, position, bytes, offset, given);
        position += given;
        return given;
    }
}
