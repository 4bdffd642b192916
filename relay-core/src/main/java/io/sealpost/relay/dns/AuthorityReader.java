package io.sealpost.relay.dns;

import java.util.List;
import java.util.Locale;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Reads what an authoritative server said, strictly about the name that was asked: where an alias leads is the business of that name's
 * own servers. Pure.
 */
final class AuthorityReader {
    private AuthorityReader() {}

    static DirectAnswer read(Question question, Message response) {
        if (!response.getHeader().getFlag(Flags.AA)) {
            return withoutAuthority(question, response);
        }
        List<Record> alias = AnswerReader.at(question.name(), Type.CNAME, response.getSection(Section.ANSWER));
        // RFC 6604 §3: behind an alias the response code speaks of the last name of the chain.
        return alias.isEmpty()
                ? new DirectAnswer.Said(ended(AnswerReader.read(question, response)))
                : new DirectAnswer.Alias(((CNAMERecord) alias.get(0)).getTarget());
    }

    private static Step.End ended(Step step) {
        return step instanceof Step.End end ? end : Step.End.failed(DnsFailure.ALIASES, "an alias of another name");
    }

    private static DirectAnswer withoutAuthority(Question question, Message response) {
        if (response.getRcode() != Rcode.NOERROR && response.getRcode() != Rcode.NXDOMAIN) {
            return new DirectAnswer.Said(ended(AnswerReader.read(question, response)));
        }
        List<Record> servers = response.getSection(Section.AUTHORITY).stream()
                .filter(record -> record.getType() == Type.NS)
                .toList();
        if (servers.isEmpty() || !question.name().subdomain(servers.get(0).getName())) {
            return DirectAnswer.Said.failed(DnsFailure.LAME, "it answers, but not as a server of the zone");
        }
        Name zone = servers.get(0).getName();
        return new DirectAnswer.Referral(
                zone,
                servers.stream()
                        .filter(record -> record.getName().equals(zone))
                        .map(AuthorityReader::host)
                        .toList());
    }

    static String host(Record nameServer) {
        return text(((NSRecord) nameServer).getTarget());
    }

    static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
