package io.sealpost.relay.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on a loopback port, over UDP and TCP, that answers from a few records and misbehaves where told. */
public final class TestDns implements AutoCloseable {
    /** Answers wrongly on purpose. */
    public enum Fault {
        SERVFAIL,
        REFUSED,
        SILENCE,
        WRONG_ID,
        GARBAGE,
        TRUNCATED,
        REFERRAL
    }

    private static final String SOA = "ns.test. hostmaster.test. 1 3600 600 86400 60";

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final List<Record> records = new CopyOnWriteArrayList<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public TestDns() throws IOException {
        tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        udp = new DatagramSocket(address());
        start("test-dns-udp", this::serveUdp);
        start("test-dns-tcp", this::serveTcp);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort());
    }

    /** As {@code record("example.test.", "MX", "10 mx.example.test.")}, with a TTL of 300 s. */
    public TestDns record(String name, String type, String data) {
        try {
            records.add(Record.fromString(Name.fromString(name), Type.value(type), DClass.IN, 300, data, Name.root));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on for the name, or {@code name/TYPE}. */
    public TestDns fault(String name, Fault fault) {
        faults.put(name, fault);
        return this;
    }

    public TestDns healthy(String name) {
        faults.remove(name);
        return this;
    }

    /** What was asked, as {@code example.test. MX udp}. */
    public List<String> asked() {
        return asked;
    }

    private void serveUdp() throws IOException {
        byte[] buffer = new byte[4096];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            udp.receive(packet);
            Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
            byte[] answer = answer(query, "udp").orElse(null);
            if (answer != null) {
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        }
    }

    private void serveTcp() throws IOException {
        while (true) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                Message query = new Message(in.readNBytes(in.readUnsignedShort()));
                byte[] answer = answer(query, "tcp").orElse(new byte[0]);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            }
        }
    }

    private Optional<byte[]> answer(Message query, String transport) {
        Name name = query.getQuestion().getName();
        String type = Type.string(query.getQuestion().getType());
        asked.add(name + " " + type + " " + transport);
        Fault fault = faults.getOrDefault(name + "/" + type, faults.get(name.toString()));
        if (fault == Fault.SILENCE) {
            return Optional.empty();
        }
        if (fault == Fault.GARBAGE) {
            byte[] garbage = query.toWire();
            garbage[5] = 99; // Claims questions that are not there.
            return Optional.of(garbage);
        }
        return Optional.of(message(query, name, query.getQuestion().getType(), fault, transport)
                .toWire());
    }

    private Message message(Message query, Name name, int type, Fault fault, String transport) {
        int id = query.getHeader().getID();
        Message answer = new Message(fault == Fault.WRONG_ID ? id ^ 1 : id);
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        if (fault == Fault.SERVFAIL || fault == Fault.REFUSED) {
            answer.getHeader().setRcode(fault == Fault.SERVFAIL ? Rcode.SERVFAIL : Rcode.REFUSED);
            return answer;
        }
        if (fault == Fault.REFERRAL) {
            answer.addRecord(made("test.", Type.NS, "ns.test."), Section.AUTHORITY);
            return answer;
        }
        answer.getHeader().setFlag(Flags.AA);
        if (fault == Fault.TRUNCATED && transport.equals("udp")) {
            answer.getHeader().setFlag(Flags.TC);
            return answer;
        }
        fill(answer, name, type);
        return answer;
    }

    private void fill(Message answer, Name name, int type) {
        UnaryOperator<Integer> matches = wanted -> {
            List<Record> found = records.stream()
                    .filter(r -> r.getName().equals(name) && r.getType() == wanted)
                    .toList();
            found.forEach(r -> answer.addRecord(r, Section.ANSWER));
            return found.size();
        };
        if (matches.apply(type) + matches.apply(Type.CNAME) > 0) {
            return;
        }
        if (records.stream().noneMatch(r -> r.getName().equals(name))) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        answer.addRecord(made("test.", Type.SOA, SOA), Section.AUTHORITY);
    }

    private static Record made(String name, int type, String data) {
        try {
            return Record.fromString(Name.fromString(name), type, DClass.IN, 300, data, Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        // Closed.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }

    private interface Loop {
        void run() throws IOException;
    }
}
