package io.sealpost.relay.dns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Reads one response: along its aliases to records, to nothing, or to a name to ask for next. Pure. */
final class AnswerReader {
    /** A failed look-up is remembered for a moment, so that a dead zone is not asked for by every message (RFC 9520 §3.2). */
    static final Duration FAILURE_TTL = Duration.ofSeconds(5);

    private static final int MAX_ALIASES = 10;

    private AnswerReader() {}

    static Step read(Question question, Message response) {
        return switch (response.getRcode()) {
            case Rcode.NOERROR -> followed(question, response);
            case Rcode.NXDOMAIN -> new Step.End(new DnsAnswer.NxDomain<>(), negativeTtl(response));
            case Rcode.SERVFAIL -> Step.End.failed(DnsFailure.SERVFAIL, "SERVFAIL");
            case Rcode.REFUSED -> Step.End.failed(DnsFailure.REFUSED, "REFUSED");
            default -> Step.End.failed(DnsFailure.OTHER, Rcode.string(response.getRcode()));
        };
    }

    private static Step followed(Question question, Message response) {
        List<Record> answers = response.getSection(Section.ANSWER);
        Name name = question.name();
        long ttl = Long.MAX_VALUE;
        for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
            List<Record> found = at(name, question.type(), answers);
            if (!found.isEmpty()) {
                return new Step.End(new DnsAnswer.Found<>(found), Duration.ofSeconds(Math.min(ttl, leastTtl(found))));
            }
            List<Record> alias = at(name, Type.CNAME, answers);
            if (alias.isEmpty()) {
                return aliases == 0 ? nothing(response) : new Step.Alias(name, Duration.ofSeconds(ttl));
            }
            ttl = Math.min(ttl, leastTtl(alias));
            name = ((CNAMERecord) alias.get(0)).getTarget();
        }
        return Step.End.failed(DnsFailure.ALIASES, "more than " + MAX_ALIASES + " aliases");
    }

    private static Step nothing(Message response) {
        if (!response.getSection(Section.ANSWER).isEmpty()) {
            return Step.End.failed(DnsFailure.MALFORMED, "an answer about another name");
        }
        boolean authoritative = response.getHeader().getFlag(Flags.AA);
        boolean sentOn = authority(response, Type.NS).isPresent()
                && authority(response, Type.SOA).isEmpty();
        return sentOn && !authoritative
                ? Step.End.failed(DnsFailure.LAME, "a referral instead of an answer")
                : new Step.End(new DnsAnswer.NoData<>(), negativeTtl(response));
    }

    /** RFC 2308 §5: the lesser of the SOA's own TTL and its minimum; without an SOA nothing is remembered. */
    private static Duration negativeTtl(Message response) {
        return authority(response, Type.SOA)
                .map(soa -> Duration.ofSeconds(Math.min(soa.getTTL(), ((SOARecord) soa).getMinimum())))
                .orElse(Duration.ZERO);
    }

    private static Optional<Record> authority(Message response, int type) {
        return response.getSection(Section.AUTHORITY).stream()
                .filter(answer -> answer.getType() == type)
                .findFirst();
    }

    static List<Record> at(Name name, int type, List<Record> answers) {
        return answers.stream()
                .filter(answer -> answer.getType() == type
                        && answer.getDClass() == DClass.IN
                        && answer.getName().equals(name))
                .toList();
    }

    private static long leastTtl(List<Record> records) {
        return records.stream().mapToLong(Record::getTTL).min().orElse(0);
    }
}
