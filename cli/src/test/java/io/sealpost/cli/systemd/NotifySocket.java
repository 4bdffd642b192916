package io.sealpost.cli.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The service manager's side: a datagram socket that keeps what it is told. */
public final class NotifySocket implements AutoCloseable {
    private static final int LONGEST = 4096;

    static {
        Native.register(NotifySocket.class, "c");
    }

    private final int socket;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private NotifySocket(int socket) {
        this.socket = socket;
    }

    /** Bound to a path, or to an abstract name that begins with {@code @}. */
    public static NotifySocket at(String address) throws Exception {
        byte[] to = UnixDatagram.socketAddress(address);
        int socket = socket(1, 2, 0);
        bind(socket, to, to.length);
        NotifySocket made = new NotifySocket(socket);
        Thread reader = new Thread(made::read, "notify-socket");
        reader.setDaemon(true);
        reader.start();
        return made;
    }

    private void read() {
        byte[] datagram = new byte[LONGEST];
        try {
            while (true) {
                int length = recv(socket, datagram, new NativeLong(LONGEST), 0).intValue();
                if (length == 0) {
                    return; // Shut down.
                }
                told.add(new String(datagram, 0, length, StandardCharsets.UTF_8));
            }
        } catch (LastErrorException e) {
            told.add(e.toString());
        }
    }

    /** The next datagram; fails when none comes within this many seconds. */
    public String next(int seconds) throws InterruptedException {
        String next = told.poll(seconds, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was told within " + seconds + " s");
        }
        return next;
    }

    /** The next that is no sign of life; fails when none such comes within this many seconds, however many of those do. */
    public String nextState(int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        String next = next(seconds);
        while (next.equals("WATCHDOG=1")) {
            assertThat(System.nanoTime()).as("only signs of life").isLessThan(end);
            next = next(seconds);
        }
        return next;
    }

    /** Whether nothing was told since the last that was taken. */
    public boolean isQuiet() {
        return told.isEmpty();
    }

    @Override
    public void close() {
        shutdown(socket, 2);
    }

    private static native int socket(int domain, int type, int protocol) throws LastErrorException;

    private static native int bind(int socket, byte[] address, int length) throws LastErrorException;

    private static native NativeLong recv(int socket, byte[] buffer, NativeLong length, int flags)
            throws LastErrorException;

    private static native int shutdown(int socket, int how) throws LastErrorException;
}
