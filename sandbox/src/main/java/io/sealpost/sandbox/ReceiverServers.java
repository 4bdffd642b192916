package io.sealpost.sandbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sealpost.mail.DataSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageHandlerFactory;
import org.subethamail.smtp.server.SMTPServer;

/** Makes SubEthaSMTP's server fit for receiving: our DATA and EHLO, our TLS, no BDAT, no look-ups of names, quiet logs. */
final class ReceiverServers {
    // Commands and replies reach SubEthaSMTP's log at DEBUG; a log set finer by somebody must not change that they stay
    // out.
    static final String NOISY_LOGGER = "org.subethamail";
    private static final DataSize MAX_MESSAGE = DataSize.parse("100M");
    private static final int IDLE_MINUTES = 5;
    private static final int BACKLOG = 200;

    private final String hostname;
    private final SSLContext tls;
    private final MessageHandlerFactory handlers;

    ReceiverServers(String hostname, SSLContext tls, MessageHandlerFactory handlers) {
        this.hostname = hostname;
        this.tls = tls;
        this.handlers = handlers;
    }

    /** Starts a server; port 0 takes a free one. Throws IOException when the address cannot be had. */
    SMTPServer start(InetAddress address, int port) throws IOException {
        silence();
        SMTPServer server = SMTPServer.port(port)
                .bindAddress(address)
                .backlog(BACKLOG)
                .hostName(hostname)
                .softwareName("Sealpost sandbox")
                .startTlsSocketFactory(this::encrypt)
                .enableTLS()
                .fromAddressValidator(any -> true)
                .insertReceivedHeaders(false)
                .maxMessageSize(Math.toIntExact(MAX_MESSAGE.bytes()))
                .connectionTimeout(IDLE_MINUTES, TimeUnit.MINUTES)
                .executorService(threads())
                .messageHandlerFactory(handlers)
                .build();
        server.getCommandHandler().addCommand(new ReceiverData());
        server.getCommandHandler().addCommand(new ReceiverEhlo());
        listen(server, address.getHostAddress() + ":" + port);
        return server;
    }

    private static void listen(SMTPServer server, String where) throws IOException {
        try {
            server.start();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException(
                        "the sandbox's receiver cannot listen on " + where + ": " + cause.getMessage(), e);
            }
            throw e;
        }
    }

    private SSLSocket encrypt(Socket plain) throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        encrypted.setUseClientMode(false);
        encrypted.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return encrypted;
    }

    private static ExecutorService threads() {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "sandbox-smtp");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static void silence() {
        if (LoggerFactory.getLogger(NOISY_LOGGER) instanceof Logger logger) {
            logger.setLevel(Level.WARN); // Its DEBUG lines hold every command, its INFO lines only its own life.
        }
    }
}
