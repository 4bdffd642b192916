package io.sealpost.relay.deliver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A receiving server on a loopback port that takes every mail, and at each step does what it was told instead. */
final class TestMx implements AutoCloseable {
    /** What the server does at a step; nothing more is said when it returns false. */
    interface Act {
        boolean run(Session session) throws IOException;
    }

    /** A mail as it came over the wire. */
    @SuppressWarnings("ArrayRecordComponent")
    record Mail(List<String> envelope, byte[] content, boolean tls) {
        String text() {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }

    private final ServerSocket server;
    private final Map<String, Deque<Act>> acts = new ConcurrentHashMap<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    final List<Mail> mails = new CopyOnWriteArrayList<>();
    /** Commands in the order they were read; {@code +} in front of one that was there before the reply to the one before. */
    final List<String> commands = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();
    private volatile String ehlo = "250-mx.test\r\n250-PIPELINING\r\n250-SIZE 10000000\r\n250-8BITMIME\r\n250 SMTPUTF8";
    private volatile SSLContext tls;

    TestMx() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
                daemon(() -> new Session(socket).run());
            }
        });
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** Announces these keywords. */
    TestMx announcing(String... keywords) {
        StringBuilder lines = new StringBuilder("250-mx.test");
        Arrays.stream(keywords).forEach(keyword -> lines.append("\r\n250-").append(keyword));
        int last = lines.lastIndexOf("250-");
        ehlo = lines.replace(last, last + 4, "250 ").toString();
        return this;
    }

    TestMx withTls(SSLContext context) {
        tls = context;
        ehlo = ehlo.replaceFirst("\r\n", "\r\n250-STARTTLS\r\n");
        return this;
    }

    /**
     * At a step ({@code greeting}, a verb, {@code end of data}) each act is done once, the last one ever after.
     */
    TestMx on(String step, Act... what) {
        acts.put(step, new ArrayDeque<>(List.of(what)));
        return this;
    }

    static Act reply(String reply) {
        return session -> {
            session.say(reply + "\r\n");
            return true;
        };
    }

    static Act raw(String bytes) {
        return session -> {
            session.say(bytes);
            return true;
        };
    }

    static Act drop() {
        return session -> {
            session.socket.close();
            return false;
        };
    }

    static Act replyAndDrop(String reply) {
        return session -> {
            session.say(reply + "\r\n");
            session.socket.close();
            return false;
        };
    }

    /** Says nothing more, and reads nothing more. */
    static Act stall() {
        return session -> session.hang();
    }

    /** One line after the other without an end. */
    static Act endless(String line) {
        return session -> {
            while (true) {
                session.say(line);
            }
        };
    }

    /** A byte of the reply now and then, for ever. */
    static Act drip(String bytes, long millis) {
        return session -> {
            for (int i = 0; ; i = (i + 1) % bytes.length()) {
                session.say(bytes.substring(i, i + 1));
                session.pause(millis);
            }
        };
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException | UncheckedIOException e) {
                // The connection or the server was closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task {
        void run() throws IOException;
    }

    /** One connection. */
    final class Session {
        private Socket socket;
        private InputStream in;
        private OutputStream out;
        private final List<String> envelope = new CopyOnWriteArrayList<>();
        private boolean secured;
        private boolean together;
        private String said = "";
        private Mail received;

        Session(Socket socket) {
            this.socket = socket;
        }

        void run() throws IOException {
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            out = socket.getOutputStream();
            boolean on = act("greeting", "220 mx.test ESMTP");
            while (on) {
                String line = readLine();
                if (line == null) {
                    return;
                }
                commands.add((together ? "+" : "") + line);
                on = command(line);
            }
        }

        private boolean command(String line) throws IOException {
            String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            return switch (verb) {
                case "EHLO" -> act(verb, secured ? ehlo.replace("250-STARTTLS\r\n", "") : ehlo);
                case "HELO" -> act(verb, "250 mx.test");
                case "STARTTLS" -> act(verb, "220 go ahead") && startTls();
                case "MAIL" -> {
                    envelope.clear();
                    envelope.add(line);
                    yield act(verb, "250 2.1.0 Ok");
                }
                case "RCPT" -> {
                    envelope.add(line);
                    yield act(verb, "250 2.1.5 Ok");
                }
                case "DATA" -> act(verb, "354 go ahead");
                case "QUIT" -> {
                    act(verb, "221 2.0.0 Bye");
                    socket.close();
                    yield false;
                }
                default -> act(verb, "250 2.0.0 Ok");
            };
        }

        private boolean act(String step, String usual) throws IOException {
            Deque<Act> told = acts.get(step);
            Act act = null;
            if (told != null) {
                synchronized (told) {
                    act = told.size() > 1 ? told.pop() : told.peek();
                }
            }
            if (act != null) {
                boolean on = act.run(this);
                return on && (!step.equals("DATA") || !said.startsWith("354") || readContent());
            }
            say(usual + "\r\n");
            return !step.equals("DATA") || readContent();
        }

        void say(String text) throws IOException {
            said = text;
            together = in.available() > 0;
            if (received != null && text.startsWith("250")) {
                mails.add(received);
                received = null;
            }
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Closes the way out, so that what was said arrives, and reads on no more. */
        void end() throws IOException {
            socket.shutdownOutput();
            hang();
        }

        boolean hang() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }

        void pause(long millis) throws IOException {
            try {
                if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                    throw new IOException("closed");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        /** An obvious reading of RFC 5321 §4.5.2: up to CRLF.CRLF and nothing else, first dots taken off. */
        private boolean readContent() throws IOException {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            while (true) {
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                int before = 0;
                for (int b = in.read(); ; before = b, b = in.read()) {
                    if (b < 0) {
                        return false;
                    }
                    line.write(b);
                    if (before == '\r' && b == '\n') {
                        break;
                    }
                }
                byte[] bytes = line.toByteArray();
                if (Arrays.equals(bytes, ".\r\n".getBytes(StandardCharsets.US_ASCII))) {
                    break;
                }
                int from = bytes[0] == '.' ? 1 : 0;
                content.write(bytes, from, bytes.length - from);
            }
            commands.add(".");
            received = new Mail(List.copyOf(envelope), content.toByteArray(), secured);
            boolean on = act("end of data", "250 2.0.0 Ok: queued");
            received = null;
            return on;
        }

        private boolean startTls() throws IOException {
            if (!said.startsWith("220")) {
                return true;
            }
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            secured = true;
            socket = secure;
            in = new BufferedInputStream(secure.getInputStream(), 1 << 16);
            out = secure.getOutputStream();
            return true;
        }

        private String readLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    return null;
                }
                if (b != '\r') {
                    line.write(b);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        }
    }
}
