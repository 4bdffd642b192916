package io.sealpost.cli.story;

import io.sealpost.fixtures.Loopback;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A receiving server as loose as any: CR, LF and both end a line, NULs are thrown away, and a dot between two such ends ends a message;
 * what stands behind it is obeyed. It keeps what it took for envelope senders, and what it took for messages.
 */
final class LenientMx implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> senders = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LenientMx(ServerSocket server) {
        this.server = server;
    }

    static LenientMx start(String address, int port) throws IOException {
        LenientMx mx = new LenientMx(new ServerSocket(port, 50, Loopback.address(address)));
        new Thread(mx::accept, "lenient-mx").start();
        return mx;
    }

    List<String> senders() {
        return senders;
    }

    List<String> messages() {
        return messages;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                new Thread(() -> serve(client), "lenient-mx-session").start();
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream())) {
            OutputStream out = client.getOutputStream();
            say(out, "220 lenient ESMTP");
            for (String line = line(in); line != null; line = line(in)) {
                obey(line, in, out);
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private void obey(String line, InputStream in, OutputStream out) throws IOException {
        String verb = line.toUpperCase(Locale.ROOT);
        if (verb.equals("DATA")) {
            say(out, "354 go on");
            StringBuilder message = new StringBuilder();
            for (String text = line(in); text != null && !text.equals("."); text = line(in)) {
                message.append(text).append('\n');
            }
            messages.add(message.toString());
        } else if (verb.startsWith("EHLO")) {
            out.write("250-lenient\r\n".getBytes(StandardCharsets.US_ASCII));
            say(out, "250 8BITMIME");
            return;
        } else if (verb.startsWith("MAIL")) {
            senders.add(line);
        }
        say(out, "250 ok");
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int b = in.read();
        while (b != '\n' && b != '\r') {
            if (b < 0) {
                return null;
            }
            if (b != 0) {
                line.append((char) b);
            }
            b = in.read();
        }
        in.mark(1);
        if (b == '\r' && in.read() != '\n') {
            in.reset();
        }
        return line.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
