package io.sealpost.sandbox;

import java.util.HashSet;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SetResponse;
import org.xbill.DNS.Type;
import org.xbill.DNS.Zone;

/** The authoritative answer to one query: records, CNAME chain, referral, or the SOA record that makes a negative answer. */
final class DnsAnswer {
    private final Zones zones;
    private final Message response;

    private DnsAnswer(Zones zones, Message response) {
        this.zones = zones;
        this.response = response;
    }

    /** Answers from the zones (RFC 1034 §4.3.2), without EDNS, of whatever length. */
    static Message to(Message query, Zones zones) {
        Message response = empty(query, Rcode.NOERROR);
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            response.getHeader().setRcode(Rcode.NOTIMP);
        } else if (query.getHeader().getCount(Section.QUESTION) != 1) {
            response.getHeader().setRcode(Rcode.FORMERR);
        } else {
            Record question = query.getQuestion();
            boolean transfer = question.getType() == Type.AXFR || question.getType() == Type.IXFR;
            if (question.getDClass() != DClass.IN || transfer) {
                response.getHeader().setRcode(Rcode.REFUSED);
            } else {
                new DnsAnswer(zones, response).follow(question.getName(), question.getType());
            }
        }
        return response;
    }

    /** An answer with an RCODE below 16 and no records. */
    static Message empty(Message query, int rcode) {
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setOpcode(query.getHeader().getOpcode());
        response.getHeader().setRcode(rcode);
        if (query.getHeader().getFlag(Flags.RD)) {
            response.getHeader().setFlag(Flags.RD);
        }
        query.getSection(Section.QUESTION).forEach(question -> response.addRecord(question, Section.QUESTION));
        return response;
    }

    private void follow(Name asked, int type) {
        Set<Name> seen = new HashSet<>();
        Name name = asked;
        while (seen.add(name)) { // A loop ends the chain; the client sees it.
            Zone zone = zones.enclosing(name).orElse(null);
            if (zone == null) {
                // A chain may leave our zones; a first question outside them is not ours to answer.
                if (seen.size() == 1) {
                    response.getHeader().setRcode(Rcode.REFUSED);
                }
                return;
            }
            response.getHeader().setFlag(Flags.AA);
            SetResponse found = zone.findRecords(name, type);
            if (!found.isCNAME()) {
                end(zone, found);
                return;
            }
            CNAMERecord alias = found.getCNAME();
            response.addRecord(alias, Section.ANSWER);
            name = alias.getTarget();
        }
    }

    private void end(Zone zone, SetResponse found) {
        if (found.isSuccessful()) {
            found.answers().forEach(set -> add(set, Section.ANSWER));
        } else if (found.isDelegation()) {
            refer(zone, found.getNS());
        } else {
            if (found.isNXDOMAIN()) {
                response.getHeader().setRcode(Rcode.NXDOMAIN); // Of the last name in the chain (RFC 6604 §3).
            }
            response.addRecord(negative(zone.getSOA()), Section.AUTHORITY);
        }
    }

    private void refer(Zone zone, RRset nameServers) {
        response.getHeader().unsetFlag(Flags.AA);
        add(nameServers, Section.AUTHORITY);
        for (Record server : nameServers.rrs()) {
            for (int type : new int[] {Type.A, Type.AAAA}) {
                RRset glue = zone.findExactMatch(server.getAdditionalName(), type);
                if (glue != null) {
                    add(glue, Section.ADDITIONAL);
                }
            }
        }
    }

    private void add(RRset set, int section) {
        set.rrs(false).forEach(record -> response.addRecord(record, section));
    }

    // RFC 2308 §3: a negative answer lives for the lesser of the SOA's own TTL and its MINIMUM field.
    private static SOARecord negative(SOARecord soa) {
        return new SOARecord(
                soa.getName(),
                soa.getDClass(),
                Math.min(soa.getTTL(), soa.getMinimum()),
                soa.getHost(),
                soa.getAdmin(),
                soa.getSerial(),
                soa.getRefresh(),
                soa.getRetry(),
                soa.getExpire(),
                soa.getMinimum());
    }
}
