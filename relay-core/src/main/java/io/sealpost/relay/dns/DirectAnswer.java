package io.sealpost.relay.dns;

import java.util.List;
import org.xbill.DNS.Name;

/** What an authoritative server said about a name, and about that name only. */
sealed interface DirectAnswer {
    /** It answered, or gave no answer that counts. */
    record Said(Step.End end) implements DirectAnswer {
        static Said failed(DnsFailure why, String detail) {
            return new Said(Step.End.failed(why, detail));
        }
    }

    /** The name is an alias. */
    record Alias(Name target) implements DirectAnswer {}

    /**
     * A zone below is somebody else's.
     *
     * @param hosts its name servers
     */
    record Referral(Name zone, List<String> hosts) implements DirectAnswer {}
}
