package io.sealpost.sandbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/** Asks a DNS server as the tests need it. */
final class DnsProbe {
    private final InetSocketAddress server;

    DnsProbe(InetSocketAddress server) {
        this.server = server;
    }

    static Message query(String name, int type) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        query.getHeader().unsetFlag(Flags.RD);
        return query;
    }

    static Message response(String name) throws IOException {
        Message response = query(name, 1);
        response.getHeader().setFlag(Flags.QR);
        return response;
    }

    /** Over UDP only, truncated or not. */
    Message udp(String name, int type) throws IOException {
        return resolver().send(query(name, type));
    }

    Message udp(String name, int type, OPTRecord edns) throws IOException {
        Message query = query(name, type);
        query.addRecord(edns, Section.ADDITIONAL);
        return resolver().send(query);
    }

    /** Sends packets one after the other and returns the first answer. */
    Message rawUdp(byte[]... packets) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(5_000);
            for (byte[] packet : packets) {
                socket.send(new DatagramPacket(packet, packet.length, server));
            }
            DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
            socket.receive(reply);
            return new Message(Arrays.copyOf(reply.getData(), reply.getLength()));
        }
    }

    /** Asks everything at once on one connection. */
    List<Message> rawTcp(Message... queries) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (Message query : queries) {
                byte[] wire = query.toWire();
                out.writeShort(wire.length);
                out.write(wire);
            }
            List<Message> answers = new ArrayList<>();
            while (answers.size() < queries.length) {
                answers.add(new Message(in.readNBytes(in.readUnsignedShort())));
            }
            return answers;
        }
    }

    /** The data of the answer section, over TCP where UDP does not hold it. */
    List<String> answers(String name, int type) throws IOException {
        SimpleResolver resolver = resolver();
        resolver.setIgnoreTruncation(false);
        return resolver.send(query(name, type)).getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }

    private SimpleResolver resolver() {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setEDNS(-1);
        resolver.setIgnoreTruncation(true);
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver;
    }
}
