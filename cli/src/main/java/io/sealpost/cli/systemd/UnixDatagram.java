package io.sealpost.cli.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One datagram to a Unix socket, by the system's own calls (unix(7)). */
final class UnixDatagram {
    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int LONGEST_PATH = 107;

    static {
        Native.register(UnixDatagram.class, "c");
    }

    private UnixDatagram() {}

    /**
     * Sends, without waiting for a receiver that is slow.
     *
     * @param address a path; where it begins with {@code @}, a name in the abstract space
     */
    static void send(String address, byte[] message) throws IOException {
        byte[] to = socketAddress(address);
        try {
            int socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            try {
                NativeLong length = new NativeLong(message.length);
                sendto(socket, message, length, MSG_DONTWAIT | MSG_NOSIGNAL, to, to.length);
            } finally {
                close(socket);
            }
        } catch (LastErrorException e) {
            throw new IOException(address + ": " + e.getMessage(), e);
        }
    }

    /** A {@code sockaddr_un} that ends with the name: for a path behind its NUL, for an abstract name with its last byte. */
    static byte[] socketAddress(String address) throws IOException {
        byte[] name = address.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name.length > 0 && name[0] == '@';
        if ((!isAbstract && !address.startsWith("/")) || name.length > LONGEST_PATH) {
            throw new IOException(address + " is no address of a Unix socket");
        }
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES + name.length + (isAbstract ? 0 : 1))
                .order(ByteOrder.nativeOrder())
                .putShort(AF_UNIX)
                .put(name);
        if (isAbstract) {
            bytes.put(Short.BYTES, (byte) 0);
        }
        return bytes.array();
    }

    private static native int socket(int domain, int type, int protocol) throws LastErrorException;

    private static native NativeLong sendto(
            int socket, byte[] message, NativeLong length, int flags, byte[] address, int addressLength)
            throws LastErrorException;

    private static native int close(int socket) throws LastErrorException;
}
