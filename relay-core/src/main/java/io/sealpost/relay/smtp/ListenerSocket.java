package io.sealpost.relay.smtp;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;

/**
 * The listening socket that SubEthaSMTP is given: its {@link #accept} returns a {@link ClientConnection}, and does nothing that could
 * make the accepting thread wait for a client.
 */
final class ListenerSocket extends ServerSocket {
    /** Makes the connection and session of an accepted socket. */
    interface Opener {
        ClientConnection open(TimedSocket accepted) throws IOException;
    }

    private final SmtpTimeouts timeouts;
    private final Opener opener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stopped;

    ListenerSocket(SmtpTimeouts timeouts, Opener opener) throws IOException {
        this.timeouts = timeouts;
        this.opener = opener;
    }

    @Override
    public Socket accept() throws IOException {
        TimedSocket accepted = new TimedSocket(timeouts.write());
        try {
            implAccept(accepted);
            accepted.setTcpNoDelay(true);
            return opener.open(accepted);
        } catch (IOException e) {
            Quietly.close(accepted);
            if (stopped) {
                awaitClose();
            }
            throw e;
        }
    }

    /** Takes no more connections. SubEtha's thread is kept waiting until its server is stopped, since it would take this for a fault. */
    void stopListening() {
        stopped = true;
        closeListener();
    }

    private void awaitClose() throws SocketException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new SocketException("closed while waiting");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        closeListener();
    }

    private void closeListener() {
        try {
            super.close();
        } catch (IOException e) {
            // Nothing is accepted any more, which is what was wanted.
        }
    }
}
