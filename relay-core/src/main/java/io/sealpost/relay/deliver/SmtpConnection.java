package io.sealpost.relay.deliver;

import io.sealpost.mail.RemoteReply;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** A connection to one address: writes commands, reads replies, each within its time. Used by one thread at a time. */
final class SmtpConnection implements AutoCloseable {
    private static final byte[] QUIT = "QUIT\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Peer peer;
    private final Socket socket;
    private final Deadlines deadlines;
    private final DeliveryTimeouts timeouts;
    private final long openedAt = System.nanoTime();
    private Socket channel;
    private ReplyReader replies;
    private Optional<String> tls = Optional.empty();
    private Capabilities capabilities = Capabilities.NONE;
    private int mails;
    private boolean resetNeeded;

    SmtpConnection(Peer peer, Socket connected, Deadlines deadlines, DeliveryTimeouts timeouts) throws IOException {
        this.peer = peer;
        this.socket = connected;
        this.channel = connected;
        this.deadlines = deadlines;
        this.timeouts = timeouts;
        this.replies = new ReplyReader(connected.getInputStream());
    }

    Peer peer() {
        return peer;
    }

    Optional<String> tls() {
        return tls;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    void learn(Capabilities announced) {
        this.capabilities = announced;
    }

    /** Transactions begun on it. */
    int mails() {
        return mails;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }

    void transactionBegins() {
        mails++;
        resetNeeded = true;
    }

    /** The host has answered the end of data: the next MAIL needs no RSET (RFC 5321 §4.1.1.4). */
    void transactionEnded() {
        resetNeeded = false;
    }

    boolean isResetNeeded() {
        return resetNeeded;
    }

    /** Whether another transaction may follow: it is open and everything that came was asked for. */
    boolean isInStep() {
        try {
            return !socket.isClosed() && !replies.hasMore();
        } catch (IOException e) {
            return false;
        }
    }

    /** Goes on inside TLS; what was received in clear before is forgotten (RFC 3207 §4.2). */
    void secure(TlsClient client) throws IOException {
        SSLSocket secured =
                deadlines.within(timeouts.of(Stage.STARTTLS), socket, () -> client.handshake(socket, peer.host()));
        channel = secured;
        replies = new ReplyReader(secured.getInputStream());
        capabilities = Capabilities.NONE;
        tls = Optional.of(
                secured.getSession().getProtocol() + " " + secured.getSession().getCipherSuite());
    }

    void write(Stage stage, String lines) throws BrokenConversation {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        write(stage, timeouts.of(stage), bytes, bytes.length);
    }

    /** Writes a block of content. */
    void writeBlock(byte[] block, int length) throws BrokenConversation {
        write(Stage.DATA, timeouts.dataBlock(), block, length);
    }

    private void write(Stage stage, Duration limit, byte[] bytes, int length) throws BrokenConversation {
        try {
            deadlines.within(limit, socket, () -> {
                channel.getOutputStream().write(bytes, 0, length);
                channel.getOutputStream().flush();
                return null;
            });
        } catch (IOException e) {
            throw broken(stage, e);
        }
    }

    /** The next reply; a 421 is the end of the conversation and thrown (RFC 5321 §3.8). */
    RemoteReply read(Stage stage) throws BrokenConversation {
        return readRaw(stage).from(peer, stage);
    }

    ServerReply readRaw(Stage stage) throws BrokenConversation {
        return readRaw(stage, timeouts.of(stage));
    }

    /** A reply that a host which stopped taking our bytes may have left; empty when there is none within a moment. */
    Optional<RemoteReply> lastWord(Stage stage) {
        try {
            return Optional.of(readRaw(stage, Duration.ofSeconds(1)).from(peer, stage));
        } catch (BrokenConversation e) {
            return Optional.of(e.reply()).filter(reply -> reply.code() != 0);
        }
    }

    private ServerReply readRaw(Stage stage, Duration limit) throws BrokenConversation {
        try {
            ServerReply reply = deadlines.within(limit, socket, replies::read);
            if (reply.code() == 421) {
                throw new BrokenConversation(stage, reply.from(peer, stage));
            }
            return reply;
        } catch (BrokenConversation e) {
            throw e;
        } catch (IOException e) {
            throw broken(stage, e);
        }
    }

    private BrokenConversation broken(Stage stage, IOException cause) {
        String what = cause instanceof SocketTimeoutException
                ? "conversation with " + peer.shown() + " timed out"
                : cause instanceof ReplyReader.Unintelligible
                        ? peer.shown() + " sent " + cause.getMessage()
                        : "lost connection with " + peer.shown();
        String status = cause instanceof ReplyReader.Unintelligible ? "4.5.0" : "4.4.2";
        BrokenConversation broken = BrokenConversation.ownWords(peer, stage, status, what + " (" + where(stage) + ")");
        broken.initCause(cause);
        return broken;
    }

    private static String where(Stage stage) {
        return switch (stage) {
            case ROUTE, CONNECT, GREETING -> "at the greeting";
            case DATA -> "while sending the message";
            case END_OF_DATA -> "after the end of data: it may have been delivered";
            case EHLO, STARTTLS, MAIL, RCPT -> "at " + stage.command();
        };
    }

    /** Says QUIT and closes without waiting for an answer that changes nothing. */
    void quit() {
        try {
            channel.getOutputStream().write(QUIT);
            channel.getOutputStream().flush();
        } catch (IOException e) {
            // It is closed either way.
        }
        close();
    }

    /** Closes at once; what was not ended by a final dot is thrown away by the host. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done for it.
        }
    }
}
