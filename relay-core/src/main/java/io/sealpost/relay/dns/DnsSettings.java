package io.sealpost.relay.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How the DNS is asked.
 *
 * @param servers in the order to ask; empty: the system's, read once at start
 * @param timeout for the answer of one server to one question
 * @param tries how often each server is asked before a look-up fails; at least 1
 * @param inFlight look-ups that may wait for an answer at once; at least 1
 * @param cacheEntries answers kept in memory; 0 keeps none
 */
public record DnsSettings(
        List<InetSocketAddress> servers, Duration timeout, int tries, int inFlight, int cacheEntries) {
    /** Throws IllegalArgumentException for a value out of its range. */
    public DnsSettings {
        servers = List.copyOf(servers);
        if (timeout.isZero() || timeout.isNegative() || tries < 1 || inFlight < 1 || cacheEntries < 0) {
            throw new IllegalArgumentException(
                    "a DNS time-out, number of tries or of look-ups in flight below its least");
        }
        if (servers.stream().anyMatch(InetSocketAddress::isUnresolved)) {
            throw new IllegalArgumentException("a DNS server is given by address, not by name");
        }
    }

    /** These servers; five seconds, two tries each, 50 look-ups in flight, 10,000 answers kept. */
    public static DnsSettings of(List<InetSocketAddress> servers) {
        return new DnsSettings(servers, Duration.ofSeconds(5), 2, 50, 10_000);
    }
}
