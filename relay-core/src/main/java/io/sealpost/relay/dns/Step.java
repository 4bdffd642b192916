package io.sealpost.relay.dns;

import java.time.Duration;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** What one server's answer to one question leads to. */
sealed interface Step {
    /** How long it may be remembered. */
    Duration ttl();

    /** The look-up is over. */
    record End(DnsAnswer<Record> answer, Duration ttl) implements Step {
        static End failed(DnsFailure why, String detail) {
            return new End(new DnsAnswer.Failed<>(why, detail), AnswerReader.FAILURE_TTL);
        }

        boolean isFailure() {
            return answer instanceof DnsAnswer.Failed;
        }
    }

    /** It goes on at another name, of which the answer held nothing. */
    record Alias(Name target, Duration ttl) implements Step {}
}
