package io.sealpost.relay.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.SignedPrefix;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrefixFieldsTest {
    private static final String TRACE = "Received: from a\r\n\tby b;\r\n\tdate\r\n";
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @Test
    void findsTheTraceFieldBehindSignaturesOrAlone() {
        assertThat(PrefixFields.trace(prefix("DKIM-Signature: v=1;\r\n\tb=x\r\nDKIM-Signature: v=1\r\n" + TRACE)))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(TRACE);
        assertThat(PrefixFields.trace(prefix(TRACE)))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(TRACE);
        assertThat(PrefixFields.trace(prefix("DKIM-Signature: v=1\r\n"))).isEmpty();
        assertThat(PrefixFields.trace(prefix(""))).isEmpty();
    }

    @Test
    void seesASignatureThatEndsSoon() {
        assertThat(PrefixFields.isNearExpiry(prefix("DKIM-Signature: v=1; t=1; x=1800003600;\r\n b=z\r\n"), NOW))
                .isTrue();
        assertThat(PrefixFields.isNearExpiry(prefix("DKIM-Signature: v=1; x=1800600000; b=z\r\n"), NOW))
                .isFalse();
        assertThat(PrefixFields.isNearExpiry(prefix("DKIM-Signature: v=1; b=z\r\n"), NOW))
                .isFalse();
    }

    private static SignedPrefix prefix(String text) {
        return new SignedPrefix(text.getBytes(StandardCharsets.US_ASCII), List.of());
    }
}
