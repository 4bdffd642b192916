package io.sealpost.relay.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a load balancer says of the connection that it hands on (the PROXY protocol, versions 1 and 2). */
sealed interface ProxyHeader {
    /** A client's connection. */
    record Proxied(InetSocketAddress client) implements ProxyHeader {}

    /** The balancer's own connection, as for a health check, or one that it says nothing about. */
    record Local() implements ProxyHeader {}

    /** Nothing came: a balancer that only looks whether the port is open. */
    record Nothing() implements ProxyHeader {}

    /** No header of either version. */
    record Malformed() implements ProxyHeader {}

    String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    int MAX_LINE = 107; // Version 1, with its CRLF.
    int MAX_BODY = 4096; // Version 2: addresses, and what a balancer adds of its own.
    Pattern LINE = Pattern.compile(
            "PROXY (?:UNKNOWN(?: .*)?|TCP[46] ([0-9A-Fa-f:.]+) [0-9A-Fa-f:.]+ ([0-9]{1,5}) [0-9]{1,5})\r\n");
    Pattern IP_V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** Reads the header and no byte beyond it. Throws when the wire fails, or the time for it is over. */
    static ProxyHeader read(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return new Nothing();
        }
        try {
            return switch (first) {
                case 'P' -> line(in);
                case '\r' -> block(in);
                default -> new Malformed();
            };
        } catch (EOFException e) {
            return new Malformed();
        }
    }

    private static ProxyHeader line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder("P");
        while (line.charAt(line.length() - 1) != '\n' && line.length() < MAX_LINE) {
            line.append((char) next(in));
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return new Malformed();
        }
        return matcher.group(1) == null ? new Local() : proxied(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    private static ProxyHeader proxied(String address, int port) throws IOException {
        boolean numeric = address.indexOf(':') >= 0 || IP_V4.matcher(address).matches(); // Never a name to look up.
        if (!numeric || port > 0xFFFF) {
            return new Malformed();
        }
        try {
            return new Proxied(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (java.net.UnknownHostException e) {
            return new Malformed();
        }
    }

    private static ProxyHeader block(InputStream in) throws IOException {
        byte[] head = new byte[16];
        head[0] = '\r';
        fill(in, head, 1);
        ByteBuffer fields = ByteBuffer.wrap(head, 12, 4);
        int versionAndCommand = fields.get() & 0xFF;
        int family = (fields.get() & 0xFF) >> 4;
        int length = fields.getShort() & 0xFFFF;
        if (!new String(head, 0, 12, StandardCharsets.ISO_8859_1).equals(SIGNATURE)
                || versionAndCommand >> 4 != 2
                || length > MAX_BODY) {
            return new Malformed();
        }
        byte[] body = new byte[length];
        fill(in, body, 0);
        return switch (versionAndCommand & 0xF) {
            case 0 -> new Local();
            case 1 -> addresses(family, ByteBuffer.wrap(body));
            default -> new Malformed();
        };
    }

    private static ProxyHeader addresses(int family, ByteBuffer body) throws IOException {
        int octets = switch (family) {
            case 1 -> 4;
            case 2 -> 16;
            default -> 0; // Unspecified, or a socket of Unix: the receiver takes the connection as it is.
        };
        if (octets == 0) {
            return new Local();
        }
        if (body.remaining() < 2 * octets + 4) {
            return new Malformed();
        }
        byte[] client = new byte[octets];
        body.get(client);
        return new Proxied(new InetSocketAddress(InetAddress.getByAddress(client), body.getShort(2 * octets) & 0xFFFF));
    }

    private static void fill(InputStream in, byte[] bytes, int from) throws IOException {
        for (int i = from; i < bytes.length; i++) {
            bytes[i] = (byte) next(in);
        }
    }

    private static int next(InputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the header is not whole");
        }
        return b;
    }
}
