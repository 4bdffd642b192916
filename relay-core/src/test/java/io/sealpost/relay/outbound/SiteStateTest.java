package io.sealpost.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SiteStateTest {
    private static final DeliveryOutcome TIMED_OUT = new DeliveryOutcome.Deferred(
            RemoteReply.ownWords("", "connect", EnhancedStatus.of("4.4.1"), "timed out"), Reason.UNREACHABLE);
    private static final Duration MOST = Duration.ofMinutes(15);

    private final SiteState site = new SiteState(20);
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    private void fail() {
        site.failed(new SiteNews.Unreached(TIMED_OUT, Optional.empty()), site.troubles(), now, MOST);
    }

    private Duration pause() {
        Duration pause = Duration.ZERO;
        while (site.troubleAt(now.plus(pause)).isPresent()) {
            pause = pause.plusSeconds(1);
        }
        return pause;
    }

    @Test
    void pausesGrowToTheLongest() {
        for (int minutes : new int[] {1, 2, 4, 8, 15, 15}) {
            fail();
            assertThat(pause()).isEqualTo(Duration.ofMinutes(minutes));
            now = now.plus(pause());
        }
        for (int i = 0; i < 100; i++) {
            fail();
        }
        assertThat(pause()).isEqualTo(MOST);
    }

    @Test
    void aPauseEndsWhenTheMessageThatFoundOutIsDueAgain() {
        Instant due = now.plusSeconds(20);
        site.failed(new SiteNews.Unreached(TIMED_OUT, Optional.of(due)), 0, now, MOST);
        assertThat(site.troubleAt(due.minusMillis(1))).contains(TIMED_OUT);
        assertThat(site.troubleAt(due)).isEmpty();
    }

    @Test
    void whatFailsTogetherIsOneTrouble() {
        int before = site.troubles();
        for (int i = 0; i < 5; i++) {
            site.failed(new SiteNews.Unreached(TIMED_OUT, Optional.empty()), before, now, MOST);
        }
        assertThat(pause()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void takesMoreAtATimeAsItGoesWellAndBeginsAgainAfterTrouble() {
        assertThat(site.width()).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            site.reached();
        }
        assertThat(site.width()).isEqualTo(6);
        for (int i = 0; i < 1000; i++) {
            site.reached();
        }
        assertThat(site.width()).isEqualTo(20);
        fail();
        assertThat(site.width()).isEqualTo(1);
        site.reached();
        assertThat(site.width()).isEqualTo(5);
    }
}
