package io.sealpost.sandbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of a DNS server: one port, UDP and TCP (RFC 7766).
 *
 * <p>One thread reads UDP, one accepts TCP, each TCP connection has its own; what a fault delays is sent by the JVM's timer.
 */
final class DnsSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsSockets.class);
    private static final int BIND_TRIES = 50;
    private static final int IDLE_MILLIS = 10_000;
    private static final int MAX_UDP_QUERY = 4096;

    private final DnsResponder responder;
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private DnsSockets(DnsResponder responder, ServerSocket tcp, DatagramSocket udp) {
        this.responder = responder;
        this.tcp = tcp;
        this.udp = udp;
    }

    /** Binds both sockets and starts to answer; port 0 takes one that is free for both. */
    static DnsSockets open(InetSocketAddress address, DnsResponder responder) throws IOException {
        for (int tries = 1; ; tries++) {
            ServerSocket tcp = new ServerSocket();
            DatagramSocket udp = new DatagramSocket(null);
            try {
                tcp.bind(address);
                // Multicast DNS of a desktop shares its port 5353 only with who shares too; TCP above keeps a second
                // server out.
                udp.setReuseAddress(true);
                udp.bind(new InetSocketAddress(address.getAddress(), tcp.getLocalPort()));
                DnsSockets sockets = new DnsSockets(responder, tcp, udp);
                daemon("udp", sockets::readUdp).start();
                daemon("tcp", sockets::accept).start();
                return sockets;
            } catch (IOException e) {
                tcp.close();
                udp.close();
                if (address.getPort() != 0 || tries == BIND_TRIES) {
                    throw bindTrouble(address, e);
                }
            }
        }
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    @Override
    public void close() {
        udp.close();
        closeQuietly(tcp);
        connections.forEach(DnsSockets::closeQuietly);
    }

    private void readUdp() {
        byte[] buffer = new byte[MAX_UDP_QUERY];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
                byte[] query = Arrays.copyOf(buffer, packet.getLength());
                InetSocketAddress peer = (InetSocketAddress) packet.getSocketAddress();
                send(
                        responder.reply(query, DnsResponder.Transport.UDP),
                        w -> udp.send(new DatagramPacket(w, w.length, peer)));
            } catch (IOException | RuntimeException e) {
                unlessClosed("a UDP query", e);
            }
        }
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try {
                Socket connection = tcp.accept();
                connections.add(connection);
                daemon("tcp-connection", () -> serve(connection)).start();
                if (tcp.isClosed()) {
                    connection.close();
                }
            } catch (IOException e) {
                unlessClosed("a TCP connection", e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(IDLE_MILLIS);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            while (true) {
                byte[] query = in.readNBytes(in.readUnsignedShort());
                send(responder.reply(query, DnsResponder.Transport.TCP), wire -> writeFramed(out, wire));
            }
        } catch (EOFException e) {
            LOG.trace("TCP client is done", e);
        } catch (IOException | RuntimeException e) {
            unlessClosed("a TCP query", e);
        } finally {
            connections.remove(connection);
        }
    }

    private static void writeFramed(DataOutputStream out, byte[] wire) throws IOException {
        byte[] framed = new byte[wire.length + 2];
        framed[0] = (byte) (wire.length >> 8);
        framed[1] = (byte) wire.length;
        System.arraycopy(wire, 0, framed, 2, wire.length);
        out.write(framed);
    }

    private interface Sender {
        void send(byte[] wire) throws IOException;
    }

    private void send(DnsResponder.Reply reply, Sender sender) throws IOException {
        if (reply.wire().isEmpty()) {
            return;
        }
        byte[] wire = reply.wire().get();
        if (reply.delay().isZero()) {
            sender.send(wire);
        } else {
            CompletableFuture.delayedExecutor(reply.delay().toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> sendLate(sender, wire));
        }
    }

    private void sendLate(Sender sender, byte[] wire) {
        try {
            sender.send(wire);
        } catch (IOException e) {
            unlessClosed("a delayed answer", e);
        }
    }

    private void unlessClosed(String what, Exception trouble) {
        if (!tcp.isClosed()) {
            LOG.debug("{} failed", what, trouble);
        }
    }

    private static IOException bindTrouble(InetSocketAddress address, IOException cause) {
        String where = address.getAddress().getHostAddress() + ":" + address.getPort();
        return new IOException("the sandbox's DNS server cannot listen on " + where + ": " + cause.getMessage(), cause);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.debug("closing failed", e);
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "sandbox-dns-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
