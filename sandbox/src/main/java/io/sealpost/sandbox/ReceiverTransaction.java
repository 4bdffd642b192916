package io.sealpost.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.Session;

/** One MAIL … DATA on one connection: gathers the envelope, takes everything. Used by the session's thread alone. */
final class ReceiverTransaction implements MessageHandler {
    private final Session session;
    private final ReceivedFolder folder;
    private final Consumer<ReceivedMail> listener;
    private final Clock clock;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    ReceiverTransaction(Session session, ReceivedFolder folder, Consumer<ReceivedMail> listener, Clock clock) {
        this.session = session;
        this.folder = folder;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void from(String address) {
        sender = address;
    }

    @Override
    public void recipient(String address) {
        recipients.add(address);
    }

    @Override
    public String data(InputStream data) {
        throw new IllegalStateException("DATA is ours; BDAT is not offered");
    }

    @Override
    public void done() {
        // Nothing is held open between messages.
    }

    /** Writes the message down and tells the listener; throws IOException when it cannot be written. */
    ReceivedMail receive(byte[] bytes) throws IOException {
        ReceivedMail mail = folder.write(clock.instant(), connection(), sender, recipients, bytes);
        listener.accept(mail);
        return mail;
    }

    private ReceivedMail.Connection connection() {
        Socket socket = session.getSocket();
        return new ReceivedMail.Connection(
                (InetSocketAddress) socket.getRemoteSocketAddress(),
                (InetSocketAddress) socket.getLocalSocketAddress(),
                session.getHelo().orElse(""),
                tls(socket));
    }

    private static Optional<ReceivedMail.Tls> tls(Socket socket) {
        if (socket instanceof SSLSocket encrypted) {
            SSLSession parameters = encrypted.getSession();
            return Optional.of(new ReceivedMail.Tls(parameters.getProtocol(), parameters.getCipherSuite()));
        }
        return Optional.empty();
    }
}
