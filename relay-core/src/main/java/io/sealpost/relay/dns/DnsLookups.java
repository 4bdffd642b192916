package io.sealpost.relay.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

/**
 * Asks the DNS and says exactly what it said. Thread-safe; a call blocks until the answer is there, at most servers × tries × time-out
 * for each alias, plus the wait for a free place among the look-ups in flight, which are served in order.
 *
 * <p>Names are given as A-labels, with or without the trailing dot.
 */
public final class DnsLookups {
    private static final int MAX_ALIASES = 10;

    private final List<InetSocketAddress> servers;
    private final DnsSettings settings;
    private final Resolution resolution;
    private final AnswerCache cache;
    private final Semaphore free;

    /** {@code clock}: what the TTLs of remembered answers run by. */
    public DnsLookups(DnsSettings settings, Clock clock) {
        this.settings = settings;
        this.servers = settings.servers().isEmpty()
                ? List.copyOf(ResolverConfig.getCurrentConfig().servers())
                : settings.servers();
        this.resolution = new Resolution(nameServers(servers), settings.tries());
        this.cache = new AnswerCache(settings.cacheEntries(), clock);
        this.free = new Semaphore(settings.inFlight(), true);
    }

    /** The servers that are asked, in order: the configured ones, else the system's. */
    public List<InetSocketAddress> servers() {
        return servers;
    }

    /** The MX records of a domain, in the order of the answer. */
    public DnsAnswer<MxRecord> mx(String domain) {
        return DnsRecords.map(start(domain, Type.MX).join().answer(), DnsRecords::mx);
    }

    /** The TXT records of a name, the strings of each joined without blanks (RFC 6376 §3.6.2.2), a byte a character. */
    public DnsAnswer<String> txt(String name) {
        return DnsRecords.map(start(name, Type.TXT).join().answer(), DnsRecords::text);
    }

    /** The names that an address has (PTR, RFC 1035 §3.5), lower case, without the trailing dot. */
    public DnsAnswer<String> names(InetAddress address) {
        String reverse = ReverseMap.fromAddress(address).toString();
        return DnsRecords.map(start(reverse, Type.PTR).join().answer(), DnsRecords::pointer);
    }

    /** As {@link #addresses(Collection)} for one host. */
    public DnsAnswer<InetAddress> addresses(String host) {
        return addresses(List.of(host)).get(host);
    }

    /**
     * The IPv4 addresses of hosts, then their IPv6 addresses; all asked for at once.
     *
     * @return one answer a host, in their order: found when there is any address, failed when there is none and a look-up failed
     */
    public Map<String, DnsAnswer<InetAddress>> addresses(Collection<String> hosts) {
        Map<String, List<CompletableFuture<Step.End>>> asked = new LinkedHashMap<>();
        hosts.forEach(host -> asked.put(host, List.of(start(host, Type.A), start(host, Type.AAAA))));
        Map<String, DnsAnswer<InetAddress>> answers = new LinkedHashMap<>();
        asked.forEach((host, both) -> answers.put(
                host,
                DnsRecords.joined(
                        both.get(0).join().answer(), both.get(1).join().answer())));
        return answers;
    }

    /**
     * The TXT records of a name as each of these servers says by itself, past the memory of answers: a record is published only when
     * all of them show it.
     *
     * @return one answer a server, in their order
     */
    public List<ServerAnswer<String>> txtFromEvery(List<InetSocketAddress> from, String name) {
        List<CompletableFuture<Step.End>> asked = new ArrayList<>();
        for (NameServer server : nameServers(from)) {
            asked.add(fresh(name, Type.TXT, new Resolution(List.of(server), settings.tries())));
        }
        List<ServerAnswer<String>> answers = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Step.End end = asked.get(i).join();
            answers.add(new ServerAnswer<>(from.get(i), DnsRecords.map(end.answer(), DnsRecords::text), end.ttl()));
        }
        return answers;
    }

    /** How each of our servers answers, all asked at once, past the memory of answers; in their order. */
    public List<ServerHealth> health() {
        List<CompletableFuture<ServerHealth>> asked =
                nameServers(servers).stream().map(NameServer::health).toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    /**
     * The names that a name leads to by its aliases (CNAME), in order; empty when it has none, or they cannot be looked up now. At most
     * ten: a circle ends there.
     */
    public List<String> aliases(String name) {
        List<String> chain = new ArrayList<>();
        String at = name;
        while (chain.size() < MAX_ALIASES
                && start(at, Type.CNAME).join().answer() instanceof DnsAnswer.Found<Record> found) {
            at = AuthorityReader.text(((CNAMERecord) found.records().get(0)).getTarget());
            chain.add(at);
        }
        return chain;
    }

    /** The name that this one is an alias of (CNAME), as lower-case A-labels; its own record only, past the memory of answers. */
    public DnsAnswer<String> alias(String name) {
        return DnsRecords.map(
                fresh(name, Type.CNAME, resolution).join().answer(),
                record -> AuthorityReader.text(((CNAMERecord) record).getTarget()));
    }

    /** The name servers of a zone; no data when the name is not the top of one, be it an alias or not. */
    DnsAnswer<String> nameServers(Name zone) {
        DnsAnswer<Record> answer = start(zone.toString(), Type.NS).join().answer();
        boolean another = answer instanceof DnsAnswer.Found<Record> found
                && !found.records().get(0).getName().equals(zone);
        return another ? new DnsAnswer.NoData<>() : DnsRecords.map(answer, AuthorityReader::host);
    }

    /** Asks one server for what its own zone holds. */
    CompletableFuture<DirectAnswer> askDirectly(InetSocketAddress server, Question question) {
        free.acquireUninterruptibly();
        return new NameServer(server, settings.timeout())
                .askDirectly(question, settings.tries())
                .whenComplete((answer, thrown) -> free.release());
    }

    private CompletableFuture<Step.End> start(String name, int type) {
        Optional<Question> question = Question.of(name, type);
        Optional<Step.End> known = question.flatMap(cache::get);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        return fresh(name, type, resolution).whenComplete((end, thrown) -> {
            if (thrown == null) {
                question.ifPresent(asked -> cache.put(asked, end));
            }
        });
    }

    private CompletableFuture<Step.End> fresh(String name, int type, Resolution by) {
        Optional<Question> question = Question.of(name, type);
        if (question.isEmpty()) {
            return CompletableFuture.completedFuture(new Step.End(new DnsAnswer.NxDomain<>(), Duration.ZERO));
        }
        // Taken here, by the asking thread, and given back by the one that completes: nobody holds a place while
        // waiting for another.
        free.acquireUninterruptibly();
        return by.resolve(question.get()).whenComplete((end, thrown) -> free.release());
    }

    private List<NameServer> nameServers(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(address -> new NameServer(address, settings.timeout()))
                .toList();
    }
}
