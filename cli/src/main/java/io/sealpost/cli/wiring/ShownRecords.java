package io.sealpost.cli.wiring;

import io.sealpost.dkim.KeyRecords;
import io.sealpost.relay.dns.DnsAnswer;
import java.util.List;

/** What the DNS said of a key's record, in the verifier's words. */
final class ShownRecords {
    private ShownRecords() {}

    static KeyRecords.Answer of(DnsAnswer<String> answer) {
        if (answer instanceof DnsAnswer.Failed<String> failed) {
            return new KeyRecords.Answer.Unavailable(failed.detail());
        }
        return new KeyRecords.Answer.Records(
                answer instanceof DnsAnswer.Found<String> found ? found.records() : List.of());
    }
}
