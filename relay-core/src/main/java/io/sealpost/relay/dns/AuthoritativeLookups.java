package io.sealpost.relay.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xbill.DNS.Type;

/**
 * Asks a zone's own name servers, each by itself and past every memory. They are found by the NS and address records that the configured
 * servers give; nobody else is asked. Thread-safe.
 *
 * <p>The search for a zone begins at a name that exists, never at the one that is asked for: a resolver that is asked for a name too
 * early remembers that it is not there (RFC 2308 §5, RFC 8020).
 */
public final class AuthoritativeLookups {
    private final DnsLookups dns;
    private final Function<InetAddress, Optional<InetSocketAddress>> place;

    /**
     * Look-ups by these resolvers.
     *
     * @param place where a name server of this address is asked; empty when it must not be
     */
    public AuthoritativeLookups(DnsLookups dns, Function<InetAddress, Optional<InetSocketAddress>> place) {
        this.dns = dns;
        this.place = place;
    }

    /**
     * What the authoritative servers say of a name's TXT records and, where it is an alias, those of the target.
     *
     * @param name the name, which need not exist
     * @param existing a name above it that exists: where the search for its zone begins
     * @return an answer for each server that gave one; a failed one for each host that gave none, and for a zone without a server to be
     *     found
     */
    public List<AuthoritativeAnswer> txt(String name, String existing) {
        Optional<Question> asked = Question.of(name, Type.TXT);
        Optional<Question> above = Question.of(existing, Type.NS);
        if (asked.isEmpty() || above.isEmpty()) {
            DnsAnswer<String> never = new DnsAnswer.Failed<>(DnsFailure.MALFORMED, "no name in the DNS");
            return List.of(new AuthoritativeAnswer(name, name, never, Duration.ZERO));
        }
        return new AuthorityWalk(dns, place)
                .follow(asked.get(), above.get().name())
                .answers();
    }
}
