package io.sealpost.cli.wiring;

import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.FixedLabels;
import io.sealpost.keys.ObservedDelegation;
import io.sealpost.keys.ObservedDelegation.Seen;
import io.sealpost.keys.ObservedDelegation.Sight;
import io.sealpost.mail.ForeignText;
import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.ServerAnswer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the records of an external domain: the challenge on every configured server, each alias step by step. */
final class DelegationObserver {
    private static final int LONGEST_CHAIN = 10;

    private final Outwards outwards;
    private final Clock clock;

    DelegationObserver(Outwards outwards, Clock clock) {
        this.outwards = outwards;
        this.clock = clock;
    }

    /** At most eleven look-ups a record, each as bounded as any. */
    ObservedDelegation look(ExternalDomain domain) {
        DnsLookups dns = outwards.dns(clock);
        List<Seen> seen = new ArrayList<>();
        seen.add(challenge(dns, domain.challenge()));
        FixedLabels.ALL.forEach(label -> seen.add(alias(dns, domain.alias(label))));
        return new ObservedDelegation(seen);
    }

    private static Seen challenge(DnsLookups dns, DnsRecord record) {
        Optional<String> silent = Optional.empty();
        for (ServerAnswer<String> answer : dns.txtFromEvery(dns.servers(), record.name())) {
            if (answer.answer() instanceof DnsAnswer.Failed<String> failed) {
                silent = Optional.of(failed.detail());
            } else if (!(answer.answer() instanceof DnsAnswer.Found<String> found)) {
                return new Seen(record, Sight.MISSING, "there is no TXT record");
            } else if (found.records().stream().map(String::strip).noneMatch(record.value()::equals)) {
                return new Seen(
                        record, Sight.MISSING, "it says " + ForeignText.escape(String.join(", ", found.records())));
            }
        }
        return silent.map(why -> new Seen(record, Sight.UNKNOWN, ForeignText.escape(why)))
                .orElseGet(() -> new Seen(record, Sight.SEEN, ""));
    }

    /** The owner's alias may go by way of others. */
    private static Seen alias(DnsLookups dns, DnsRecord record) {
        String at = record.name();
        for (int steps = 0; steps < LONGEST_CHAIN; steps++) {
            DnsAnswer<String> answer = dns.alias(at);
            if (answer instanceof DnsAnswer.Failed<String> failed) {
                return new Seen(record, Sight.UNKNOWN, ForeignText.escape(failed.detail()));
            }
            if (!(answer instanceof DnsAnswer.Found<String> found)) {
                String detail = steps == 0 ? "there is no CNAME record" : "it leads to " + ForeignText.escape(at);
                return new Seen(record, Sight.MISSING, detail);
            }
            at = found.records().get(0);
            if (at.equals(record.value())) {
                return new Seen(record, Sight.SEEN, "");
            }
        }
        return new Seen(record, Sight.MISSING, "its aliases lead on and on");
    }
}
