package io.sealpost.relay.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.MxAction;
import io.sealpost.fixtures.ScriptedMx;
import io.sealpost.relay.deliver.HostProbe.Result;
import io.sealpost.relay.route.PrivateAddresses;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ScriptedMx mx;
    private HostProbe probe;

    @BeforeEach
    void start() {
        mx = ScriptedMx.start();
        probe = probe(PATIENCE, PrivateAddresses.allowed());
    }

    @AfterEach
    void stop() {
        probe.close();
        mx.close();
    }

    private static HostProbe probe(Duration time, PrivateAddresses permitted) {
        return new HostProbe("relay.test", new DeliveryTimeouts(time, time, time, time, time, time, time), permitted);
    }

    @Test
    void aHostThatTakesMailIsReachedWithTlsAndLeftWithoutAny() {
        Result result = probe.probe("mx.test", mx.address());

        assertThat(result).isInstanceOfSatisfying(Result.Reached.class, reached -> {
            assertThat(reached.connection().relay()).startsWith("mx.test[127.0.0.1]:");
            assertThat(reached.connection().tls()).isPresent();
        });
        assertThat(mx.arrivals()).isEmpty();
    }

    @Test
    void whoRefusesTheSessionIsQuoted() {
        mx.onEhlo(MxAction.reply(421, "4.7.0 not you"));

        assertThat(probe.probe("mx.test", mx.address())).isInstanceOfSatisfying(Result.NotReached.class, not -> {
            assertThat(not.stage()).isEqualTo(Stage.EHLO);
            assertThat(not.reply().shown()).isEqualTo("421 4.7.0 not you");
        });
    }

    @Test
    void whoSaysNothingIsWaitedForNoLongerThanTheTimeOut() {
        mx.onConnect(MxAction.stall());

        try (HostProbe hasty = probe(Duration.ofMillis(100), PrivateAddresses.allowed())) {
            assertThat(hasty.probe("mx.test", mx.address())).isInstanceOfSatisfying(Result.NotReached.class, not -> {
                assertThat(not.stage()).isEqualTo(Stage.GREETING);
                assertThat(not.reply().code()).isZero();
            });
        }
    }

    @Test
    void aPortWhereNobodyListensAndAnAddressThatMayNotBeDialledAreNotReached() {
        InetSocketAddress nobody = Loopback.socket("127.0.0.1", Loopback.freePort());

        assertThat(probe.probe("mx.test", nobody))
                .isInstanceOfSatisfying(
                        Result.NotReached.class, not -> assertThat(not.stage()).isEqualTo(Stage.CONNECT));
        try (HostProbe strict = probe(PATIENCE, PrivateAddresses.refused())) {
            assertThat(strict.probe("mx.test", mx.address()))
                    .isInstanceOfSatisfying(
                            Result.NotReached.class,
                            not -> assertThat(not.reply().shown()).contains("private address"));
        }
        assertThat(mx.sessions()).isEmpty();
    }
}
