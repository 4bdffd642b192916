package io.sealpost.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Bytes of a query to bytes of an answer: EDNS, truncation and the faults that the zone asks for. Safe for threads. */
final class DnsResponder {
    // RFC 9715: what passes everywhere without fragments.
    private static final int EDNS_SIZE = 1232;
    private static final int PLAIN_UDP_SIZE = 512;

    private final Supplier<Zones> source;
    private final Consumer<AnsweredQuery> listener;

    enum Transport {
        UDP,
        TCP
    }

    /**
     * What to send.
     *
     * @param wire the bytes; empty to keep silent
     * @param delay how long to wait before sending
     */
    record Reply(Optional<byte[]> wire, Duration delay) {
        private static final Reply NONE = new Reply(Optional.empty(), Duration.ZERO);
    }

    DnsResponder(Supplier<Zones> source, Consumer<AnsweredQuery> listener) {
        this.source = source;
        this.listener = listener;
    }

    /** Answers anything: what is no query gets FORMERR or, without so much as a header, nothing. */
    Reply reply(byte[] wire, Transport transport) {
        Message query;
        try {
            query = new Message(wire);
        } catch (IOException e) {
            return formatError(wire);
        }
        if (query.getHeader().getFlag(Flags.QR)) {
            return Reply.NONE; // An answer; to answer it could go round for ever.
        }
        Zones zones = source.get();
        Optional<DnsFault> fault =
                Optional.ofNullable(query.getQuestion()).flatMap(q -> zones.faultFor(q.getName(), q.getType()));
        return fault.map(f -> faulty(f, query, zones, transport))
                .orElseGet(() -> sent(query, right(query, zones), transport, Duration.ZERO));
    }

    private Reply faulty(DnsFault fault, Message query, Zones zones, Transport transport) {
        if (fault instanceof DnsFault.Silence) {
            report(query, transport, "DROP");
            return Reply.NONE;
        }
        if (fault instanceof DnsFault.Refuse refuse) {
            return sent(query, withRcode(query, refuse.rcode()), transport, Duration.ZERO);
        }
        Message response = right(query, zones);
        if (fault instanceof DnsFault.Late late) {
            return sent(query, response, transport, late.by());
        }
        if (fault instanceof DnsFault.WrongId) {
            response.getHeader().setID(~response.getHeader().getID() & 0xFFFF);
        }
        if (fault instanceof DnsFault.Truncate && transport == Transport.UDP) {
            return sent(query, truncated(response), transport, Duration.ZERO);
        }
        return sent(query, response, transport, Duration.ZERO);
    }

    private static Message right(Message query, Zones zones) {
        OPTRecord edns = query.getOPT();
        if (edns == null) {
            return DnsAnswer.to(query, zones);
        }
        if (edns.getVersion() != 0) {
            return withRcode(query, Rcode.BADVERS);
        }
        Message response = DnsAnswer.to(query, zones);
        response.addRecord(new OPTRecord(EDNS_SIZE, 0, 0), Section.ADDITIONAL);
        return response;
    }

    private static Message withRcode(Message query, int rcode) {
        Message response = DnsAnswer.empty(query, rcode & 0xF);
        if (query.getOPT() != null || rcode > 0xF) {
            response.addRecord(new OPTRecord(EDNS_SIZE, rcode >> 4, 0), Section.ADDITIONAL);
        }
        return response;
    }

    private Reply sent(Message query, Message response, Transport transport, Duration delay) {
        report(query, transport, Rcode.string(response.getRcode()));
        byte[] wire = response.toWire();
        if (transport == Transport.UDP && wire.length > udpLimit(query)) {
            wire = truncated(response).toWire();
        }
        return new Reply(Optional.of(wire), delay);
    }

    private static int udpLimit(Message query) {
        OPTRecord edns = query.getOPT();
        return edns == null ? PLAIN_UDP_SIZE : Math.max(PLAIN_UDP_SIZE, Math.min(edns.getPayloadSize(), EDNS_SIZE));
    }

    // RFC 2181 §9: a client throws away what came with TC, so nothing comes with it.
    private static Message truncated(Message response) {
        Message cut = response.clone();
        cut.getHeader().setFlag(Flags.TC);
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
            for (Record record : response.getSection(section)) {
                if (record.getType() != Type.OPT) {
                    cut.removeRecord(record, section);
                }
            }
        }
        return cut;
    }

    private static Reply formatError(byte[] wire) {
        try {
            Header header = new Header(wire);
            if (header.getFlag(Flags.QR)) {
                return Reply.NONE;
            }
            Message response = new Message(header.getID());
            response.getHeader().setFlag(Flags.QR);
            response.getHeader().setRcode(Rcode.FORMERR);
            return new Reply(Optional.of(response.toWire()), Duration.ZERO);
        } catch (IOException e) {
            return Reply.NONE;
        }
    }

    private void report(Message query, Transport transport, String outcome) {
        Record question = query.getQuestion();
        if (question != null) {
            String type = Type.string(question.getType());
            String over = transport == Transport.UDP ? "udp" : "tcp";
            listener.accept(new AnsweredQuery(question.getName().toString(), type, over, outcome));
        }
    }
}
