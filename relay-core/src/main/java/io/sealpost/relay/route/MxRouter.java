package io.sealpost.relay.route;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.RemoteReply;
import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.MxRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Routes by the MX records of the recipient's domain (RFC 5321 §5.1, RFC 7505). Thread-safe where the randomness is.
 *
 * <p>Only what the DNS says clearly ends a delivery: a name that is not there, a null MX, hosts without a usable address. A look-up
 * that failed never does.
 */
public final class MxRouter implements Router {
    /** A list longer than any honest one is cut here: the rest costs look-ups and is never reached. */
    private static final int MAX_HOSTS = 20;

    private final DnsLookups dns;
    private final UsableHosts usable;
    private final RandomGenerator random;

    /**
     * A router.
     *
     * @param own what is ourselves
     * @param addresses which addresses mail may go to
     * @param port where MX hosts listen; 25 everywhere but in tests and the sandbox
     * @param random shuffles hosts of equal preference; thread-safe
     */
    public MxRouter(DnsLookups dns, OwnHost own, PrivateAddresses addresses, int port, RandomGenerator random) {
        this.dns = dns;
        this.usable = new UsableHosts(dns, own, addresses, port);
        this.random = random;
    }

    @Override
    public Route route(MailDomain recipientDomain) {
        String domain = recipientDomain.ascii();
        DnsAnswer<MxRecord> answer = dns.mx(domain);
        if (answer instanceof DnsAnswer.Failed<MxRecord> failed) {
            return notNow("MX look-up for " + domain + " failed: " + failed.detail());
        }
        if (answer instanceof DnsAnswer.NxDomain) {
            return unroutable("5.1.2", "Domain " + domain + " does not exist");
        }
        if (answer instanceof DnsAnswer.Found<MxRecord> found) {
            // RFC 7505 §3: a null MX stands alone; beside others the root is no host and is passed over.
            List<MxRecord> named = found.records().stream()
                    .filter(mx -> !mx.exchange().isEmpty())
                    .toList();
            return named.isEmpty()
                    ? unroutable("5.1.10", "Domain " + domain + " does not accept mail (null MX)")
                    : usable.route(domain, ordered(named));
        }
        return usable.route(domain, List.of(new MxRecord(0, domain))); // RFC 5321 §5.1: the implicit MX.
    }

    private List<MxRecord> ordered(List<MxRecord> records) {
        List<MxRecord> ordered = new ArrayList<>(records);
        for (int i = ordered.size() - 1; i > 0; i--) {
            Collections.swap(ordered, i, random.nextInt(i + 1));
        }
        ordered.sort(Comparator.comparingInt(MxRecord::preference)); // Stable: equals stay shuffled.
        return ordered.subList(0, Math.min(MAX_HOSTS, ordered.size()));
    }

    static Route unroutable(String status, String sentence) {
        return new Route.Unroutable(RemoteReply.ownWords("", "connect", EnhancedStatus.of(status), sentence));
    }

    static Route notNow(String sentence) {
        return new Route.NotNow(RemoteReply.ownWords("", "connect", EnhancedStatus.of("4.4.3"), sentence));
    }
}
