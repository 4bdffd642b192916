package io.sealpost.relay.smtp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** One port: SubEthaSMTP's server with our sockets under it and our commands in it. */
final class SmtpListener {
    /** Waiting in the kernel to be accepted. */
    private static final int BACKLOG = 512;

    /** SubEtha stops accepting at its own limit; ours is met before, and answers. */
    private static final int ABOVE_OUR_LIMIT = 100;

    private final ListenerContext context;
    private final ListenerSocket socket;
    private final SMTPServer server;

    SmtpListener(ListenerContext context) {
        this.context = context;
        this.socket = unboundSocket();
        this.server = new SMTPServer.Builder()
                .hostName(context.service().get().hostname().ascii())
                .softwareName("Sealpost")
                .bindAddress(context.listener().address().getAddress())
                .port(context.listener().address().getPort())
                .backlog(BACKLOG)
                .maxConnections(context.service().get().limits().connections().all() + ABOVE_OUR_LIMIT)
                .executorService(SessionThreads.open(context.listener().name()))
                .serverThreadName(context.listener().name() + "-accept")
                .sessionHandler(new Admission())
                .serverSocketFactory(() -> socket)
                .build();
        context.verbs().register(server.getCommandHandler());
    }

    private ListenerSocket unboundSocket() {
        try {
            return new ListenerSocket(context.service().get().limits().timeouts(), this::open);
        } catch (IOException e) {
            throw cannotOpen(e);
        }
    }

    private ClientConnection open(TimedSocket accepted) throws IOException {
        SmtpService service = context.serviceNow();
        ClientConnection connection = new ClientConnection(accepted, service.limits());
        SmtpSession session = new SmtpSession(connection, context, service);
        connection.serve(session);
        context.sessions().add(session);
        return connection;
    }

    /** Throws {@link ListenerFault} when the port cannot be had. */
    void start() {
        try {
            server.start();
        } catch (RuntimeException e) {
            Quietly.close(socket);
            throw cannotOpen(e.getCause() instanceof IOException io ? io : new IOException(e));
        }
    }

    private ListenerFault cannotOpen(IOException cause) {
        String why = cause instanceof BindException ? cause.getMessage() : cause.toString();
        return new ListenerFault(
                "Listener \"" + context.listener().name() + "\" cannot open "
                        + context.listener().address() + ": " + why,
                cause);
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    String name() {
        return context.listener().name();
    }

    Optional<LegacyRules> legacy() {
        return context.listener().legacy();
    }

    boolean isClosing() {
        return context.closing().get();
    }

    /** Takes no more connections and lets its sessions end behind their transactions, while the other listeners go on. */
    void closeForGood() {
        context.closing().set(true);
        stopListening();
        context.sessions().drain(context.listener());
    }

    void stopListening() {
        socket.stopListening();
    }

    /** Ends when the threads of its sessions have ended. */
    void close() {
        server.stop();
        Quietly.close(socket);
    }

    /** Runs first in each session's own thread: handshake, then whether there is room. */
    private static final class Admission implements SessionHandler {
        @Override
        public SessionAcceptance accept(Session subEtha) {
            return new SessionStart(((ClientConnection) subEtha.getSocket()).session()).admit();
        }

        /** The connection itself tells when it is closed; here, in the session's own thread, its half-sent message is let go. */
        @Override
        public void onSessionEnd(Session subEtha) {
            ((ClientConnection) subEtha.getSocket()).session().resetTransaction();
        }
    }
}
