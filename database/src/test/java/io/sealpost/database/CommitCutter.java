package io.sealpost.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before the server and breaks the connection at COMMIT, or all connections for a while. */
final class CommitCutter implements AutoCloseable {
    enum Cut {
        NEVER,
        BEFORE_THE_SERVER_SEES_IT,
        AFTER_THE_SERVER_ANSWERED
    }

    private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

    private final int serverPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;
    private volatile Cut cut = Cut.NEVER;

    CommitCutter(DatabaseSettings server) throws IOException {
        this.serverPort = Integer.parseInt(server.url().replaceFirst(".*:(\\d+)/.*", "$1"));
        listen(0);
    }

    DatabaseSettings settings(DatabaseSettings server) {
        String url = server.url().replace(":" + serverPort + "/", ":" + listening.getLocalPort() + "/");
        return new DatabaseSettings(url, server.user(), server.password(), server.poolSize());
    }

    /** What happens to the next COMMIT. */
    void cutNext(Cut when) {
        cut = when;
    }

    /** The server is away: connections break, new ones are refused. */
    void away() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    void back() throws IOException {
        listen(listening.getLocalPort());
    }

    private void listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        listening = socket;
        thread(() -> {
            while (true) {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                open.add(client);
                open.add(server);
                thread(() -> requests(client, server));
                thread(() -> answers(client, server));
            }
        });
    }

    private void requests(Socket client, Socket server) throws IOException {
        byte[] buffer = new byte[65_536];
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            boolean commit = n == 5 + COMMIT.length && Arrays.equals(buffer, 5, n, COMMIT, 0, COMMIT.length);
            if (commit && cut != Cut.NEVER) {
                Cut now = cut;
                cut = Cut.NEVER;
                lose(now, client, server, Arrays.copyOf(buffer, n));
                return;
            }
            out.write(buffer, 0, n);
        }
        server.close();
    }

    /** The server's thread of answers passes nothing on once the client is closed, but the server still gets its COMMIT. */
    private static void lose(Cut now, Socket client, Socket server, byte[] request) throws IOException {
        if (now == Cut.BEFORE_THE_SERVER_SEES_IT) {
            server.close();
            client.close();
            return;
        }
        client.close();
        server.getOutputStream().write(request);
        server.shutdownOutput();
    }

    private static void answers(Socket client, Socket server) throws IOException {
        byte[] buffer = new byte[65_536];
        InputStream in = server.getInputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (!client.isClosed()) {
                client.getOutputStream().write(buffer, 0, n);
            }
        }
        client.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                return; // Cut, as asked.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        away();
    }
}
