package io.sealpost.cli.wiring;

import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ObservedDelegation;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.relay.dns.DnsLookups;
import java.time.Clock;

/** What the DNS shows now of keys and domains, for commands. Asks on the caller's thread: never inside a transaction. Thread-safe. */
public final class ShownByDns {
    private final Outwards outwards;
    private final Clock clock;

    ShownByDns(Outwards outwards, Clock clock) {
        this.outwards = outwards;
        this.clock = clock;
    }

    /** What name servers show of the records of an external domain. */
    public ObservedDelegation delegation(ExternalDomain domain) {
        return new DelegationObserver(outwards, clock).look(domain);
    }

    /** What name servers show of key records. */
    public KeyObserver records() {
        return new KeyObserver(outwards, clock);
    }

    /** What speaks for and against a key's activation now: as {@link KeyObserver#forActivation}. */
    public ObservedRecords forActivation(DkimKey key) {
        return records().forActivation(key);
    }

    /** Verifies against what the DNS shows now. */
    public DkimVerifier verifier() {
        DnsLookups dns = outwards.dns(clock);
        return new DkimVerifier(SigningKeys.choose(), name -> ShownRecords.of(dns.txt(name)));
    }
}
