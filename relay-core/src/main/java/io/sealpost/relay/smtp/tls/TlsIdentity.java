package io.sealpost.relay.smtp.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who a server says it is: its pairs, and which of them a client is shown. Immutable.
 *
 * @param hostname what clients connect to who name nobody (RFC 6066 §3), or whom we do not know
 * @param pairs the main one first
 */
public record TlsIdentity(String hostname, List<ServerCertificate> pairs) {
    /** Throws IllegalArgumentException when there is no pair. */
    public TlsIdentity {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("a server needs a certificate");
        }
    }

    /** Whether clients could not tell the two apart. */
    boolean showsTheSameAs(TlsIdentity other) {
        return hostname.equals(other.hostname) && chains().equals(other.chains());
    }

    private List<List<X509Certificate>> chains() {
        return pairs.stream().map(ServerCertificate::chain).toList();
    }

    /**
     * The pair for a client that asked for this name; of several for one name the first with such a key. A client is never shown
     * another's certificate because of the kind of its key: where the name has none of that kind there is none, and the client's next
     * kind is asked for.
     *
     * @param name the server name that the client sent; "" for none
     * @param algorithm of the key, {@code RSA} or {@code EC}
     */
    Optional<ServerCertificate> choose(String name, String algorithm) {
        return candidates(name.toLowerCase(Locale.ROOT))
                .filter(pair -> pair.algorithm().equals(algorithm))
                .findFirst();
    }

    private Stream<ServerCertificate> candidates(String name) {
        if (!name.isEmpty() && pairs.stream().anyMatch(pair -> pair.isFor(name))) {
            return pairs.stream().filter(pair -> pair.isFor(name));
        }
        // The main pair is there whatever names it has, and each other pair for our own name.
        return Stream.concat(pairs.stream().limit(1), pairs.stream().skip(1).filter(pair -> pair.isFor(hostname)));
    }
}
