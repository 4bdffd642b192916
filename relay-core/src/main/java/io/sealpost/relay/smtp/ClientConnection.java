package io.sealpost.relay.smtp;

import io.sealpost.relay.smtp.tls.ServerTls;
import io.sealpost.relay.smtp.tls.TlsKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * The socket that SubEthaSMTP believes to serve. It owns the wire: TLS, deadlines, one line at a time, and replies that leave when no
 * more input waits, so that a pipelined batch is answered in one packet (RFC 2920 §3.2). SubEtha reads bare verbs from it and writes
 * its greeting into it; verbs ask it, not SubEtha's session, whether TLS is on.
 *
 * <p>Belongs to the session's thread; {@link #abort}, {@link #raw} and {@link #isClosed} are for any.
 */
final class ClientConnection extends Socket {
    private static final int INPUT_BUFFER = 8192;
    private static final int OUTPUT_BUFFER = 16_384;

    private final TimedSocket raw;
    private final SmtpTimeouts timeouts;
    private final Deadline sessionEnd;
    private final Deadline loginEnd;
    private final ByteBuffer input = ByteBuffer.allocate(INPUT_BUFFER).limit(0);
    private final ByteArrayOutputStream output = new ByteArrayOutputStream(256);
    private final LineAssembler lines;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile InetSocketAddress client; // who a balancer says is there
    private InputStream source;
    private OutputStream sink;
    private SSLSocket tls; // null while in clear
    private boolean ended;
    private boolean hangingUp;
    private SmtpSession session; // set once, before SubEtha sees the socket

    ClientConnection(TimedSocket raw, SmtpLimits limits) throws IOException {
        this.raw = raw;
        this.timeouts = limits.timeouts();
        this.sessionEnd = Deadline.in(timeouts.session());
        this.loginEnd = Deadline.in(timeouts.login()).earlier(sessionEnd);
        this.lines = new LineAssembler(limits.session().authLine());
        this.client = withoutName((InetSocketAddress) raw.getRemoteSocketAddress());
        this.source = raw.getInputStream();
        this.sink = raw.getOutputStream();
    }

    void serve(SmtpSession theSession) {
        session = theSession;
    }

    SmtpSession session() {
        return session;
    }

    TimedSocket raw() {
        return raw;
    }

    /** What a load balancer says of this connection, before anything else. */
    ProxyHeader readProxyHeader() throws IOException {
        raw.readBy(Deadline.in(timeouts.handshake()).earlier(loginEnd));
        return ProxyHeader.read(source);
    }

    /** From now on this is where the client connects from. */
    void standsFor(InetSocketAddress proxied) {
        client = withoutName(proxied);
    }

    /** When this must be over, as things stand. */
    private Deadline limit() {
        return session.login().isPresent() ? sessionEnd : loginEnd;
    }

    /** The next line; whatever the client sent, a line comes back, fit or unfit. */
    CommandLine readLine() throws IOException {
        Deadline deadline = Deadline.in(timeouts.command());
        Optional<CommandLine> line = lines.take(input);
        while (line.isEmpty()) {
            fill(deadline);
            line = lines.take(input);
        }
        return line.get();
    }

    /** Waits for message data, at most as long as for one block and until {@code by}; what was read before must be consumed. */
    ByteBuffer readData(Deadline by) throws IOException {
        if (!input.hasRemaining()) {
            fill(Deadline.in(timeouts.dataBlock()).earlier(by));
        }
        return input;
    }

    /** Reads so many octets that nobody wants. */
    void skipData(long octets) throws IOException {
        Deadline deadline = dataDeadline();
        long left = octets;
        while (left > 0) {
            ByteBuffer bytes = readData(deadline);
            int count = (int) Math.min(left, bytes.remaining());
            bytes.position(bytes.position() + count);
            left -= count;
        }
    }

    Deadline dataDeadline() {
        return Deadline.in(timeouts.data());
    }

    private void fill(Deadline deadline) throws IOException {
        flush();
        raw.readBy(deadline.earlier(limit()));
        int read = source.read(input.array(), 0, input.capacity());
        if (read < 0) {
            throw new ClientGone();
        }
        input.clear().limit(read);
    }

    /** Puts a reply behind those that wait to be sent. */
    void write(byte[] reply) throws IOException {
        output.write(reply, 0, reply.length);
        if (output.size() > OUTPUT_BUFFER) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (output.size() > 0) {
            sink.write(output.toByteArray());
            sink.flush();
            output.reset();
        }
    }

    /**
     * Turns to TLS, in the calling thread and within the time for a handshake. What the client sent in clear behind STARTTLS is thrown
     * away (RFC 3207 §5; command injection).
     */
    void startTls(ServerTls server, TlsKind kind) throws IOException {
        flush();
        input.limit(0);
        raw.readBy(Deadline.in(timeouts.handshake()).earlier(limit()));
        SSLSocket secured = server.over(raw, kind);
        secured.startHandshake();
        source = secured.getInputStream();
        sink = secured.getOutputStream();
        tls = secured;
    }

    boolean isSecure() {
        return tls != null;
    }

    /** {@code TLSv1.3 TLS_AES_256_GCM_SHA384}; empty in clear. */
    Optional<String> tlsDescription() {
        return Optional.ofNullable(tls).map(SSLSocket::getSession).map(ClientConnection::describe);
    }

    private static String describe(SSLSession negotiated) {
        return negotiated.getProtocol() + " " + negotiated.getCipherSuite();
    }

    /** After the replies that wait there is nothing more to say: SubEtha is given an end of file and closes. */
    void end() {
        ended = true;
    }

    /** As {@link #end}, when it is us who close: the client is given the time to read the last reply. */
    void hangUp() {
        hangingUp = true;
        end();
    }

    /** Ends without a word to the client. */
    void cut() {
        abort();
        end();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Cuts the connection at once, without a word; the session's thread sees a broken socket and ends. */
    void abort() {
        Quietly.close(raw);
    }

    /** Says what is left to say and closes. A lock held meanwhile would keep {@link #abort}'s callers waiting for a client. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                sayGoodbye();
            } catch (IOException e) {
                // The client is gone; there is nobody left to be told.
            } finally {
                Quietly.close(raw);
                session.closed();
            }
        }
    }

    private void sayGoodbye() throws IOException {
        if (raw.isClosed()) {
            return;
        }
        flush();
        if (tls != null) {
            tls.shutdownOutput();
        }
        if (hangingUp) {
            LingeringClose.await(raw);
        }
    }

    @Override
    public boolean isClosed() {
        return raw.isClosed();
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public InputStream getInputStream() {
        return new VerbInput(session);
    }

    @Override
    public OutputStream getOutputStream() {
        return new ReplyOutput(this);
    }

    @Override
    public InetAddress getInetAddress() {
        return client.getAddress();
    }

    /** With the address as its own name, so that SubEtha never asks the DNS for one. */
    private static InetSocketAddress withoutName(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(address.getHostAddress(), address.getAddress()), peer.getPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of a wrong length", e);
        }
    }

    @Override
    public int getPort() {
        return client.getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return client;
    }

    /** SubEtha's one timeout; ours are deadlines. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void setSoTimeout(int millis) {}
}
