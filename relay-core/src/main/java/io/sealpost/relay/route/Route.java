package io.sealpost.relay.route;

import io.sealpost.mail.RemoteReply;
import java.net.InetSocketAddress;
import java.util.List;

/** Where mail for a domain goes. */
public sealed interface Route {
    /**
     * Hosts to try, in order.
     *
     * @param site the set of MX hosts, as one stable text: what connections, limits and back-off are counted by
     * @param hosts best first, equals already shuffled; at least one, each with at least one address
     */
    record Hosts(String site, List<MxHost> hosts) implements Route {
        /** Throws IllegalArgumentException without a host. */
        public Hosts {
            hosts = List.copyOf(hosts);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("a route without a host");
            }
        }
    }

    /**
     * No way at all: NXDOMAIN, null MX, MX that leads nowhere.
     *
     * @param reply ours, with code 0 and a 5.x.x status
     */
    record Unroutable(RemoteReply reply) implements Route {}

    /**
     * No way now: SERVFAIL, time-out, refused answers.
     *
     * @param reply ours, with code 0 and a 4.x.x status
     */
    record NotNow(RemoteReply reply) implements Route {}

    /**
     * One MX host.
     *
     * @param name as the MX record gives it, A-label, no trailing dot
     * @param addresses in the order to try
     */
    record MxHost(String name, List<InetSocketAddress> addresses) {
        /** Copies the list. */
        public MxHost {
            addresses = List.copyOf(addresses);
        }
    }
}
