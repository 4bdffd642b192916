package io.sealpost.account.brake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.brake.Behaviour.Before;
import io.sealpost.account.brake.BrakeReason.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrakeRulesTest {
    private static final BrakeSettings SETTINGS = new BrakeSettings(BrakeSettings.Mode.HOLD, 10, 300, 50, 30, 8, 100);
    private static final Before NOTHING = new Before(0, 0);

    private static Optional<Kind> judge(Behaviour behaviour) {
        return BrakeRules.judge(behaviour, SETTINGS).map(BrakeReason::kind);
    }

    private static Behaviour recipients(long today, long mean, long learned) {
        return new Behaviour(today, 0, mean, learned, NOTHING, 0, 0);
    }

    private static Behaviour refused(long recipients, long refused, Before released) {
        return new Behaviour(recipients, refused, 0, 0, released, 0, 0);
    }

    @Test
    void farMoreThanItsHabitButNeverBelowTheFloor() {
        assertThat(judge(recipients(300, 1, 0))).isEmpty();
        assertThat(judge(recipients(301, 1, 0))).contains(Kind.RECIPIENTS);
        assertThat(judge(recipients(1000, 100, 0))).isEmpty();
        assertThat(judge(recipients(1001, 100, 0))).contains(Kind.RECIPIENTS);
    }

    @Test
    void whatItDidWhenItWasReleasedIsItsHabit() {
        assertThat(judge(recipients(5000, 1, 500))).isEmpty();
        assertThat(judge(recipients(5001, 1, 500))).contains(Kind.RECIPIENTS);
    }

    @Test
    void manyRefusedRecipientsThatAreALargeShare() {
        assertThat(judge(refused(49, 49, NOTHING))).isEmpty();
        assertThat(judge(refused(200, 59, NOTHING))).isEmpty();
        assertThat(judge(refused(200, 60, NOTHING))).contains(Kind.REFUSED);
        assertThat(judge(refused(0, 50, NOTHING))).as("all refused by us").contains(Kind.REFUSED);
        assertThat(judge(refused(210, 65, new Before(200, 60))))
                .as("released today")
                .isEmpty();
    }

    @Test
    void loginsFromManyNewNetworksAndABurstFromOne() {
        assertThat(judge(new Behaviour(1, 0, 0, 0, NOTHING, 7, 100))).isEmpty();
        assertThat(judge(new Behaviour(1, 0, 0, 0, NOTHING, 8, 0))).contains(Kind.NETWORKS);
        assertThat(judge(new Behaviour(1, 0, 0, 0, NOTHING, 0, 101))).contains(Kind.BURST);
    }

    @Test
    void aReasonIsReadAsItWasStored() {
        BrakeReason reason = new BrakeReason(Kind.BURST, 101, 100);
        assertThat(BrakeReason.ofStored(reason.stored())).contains(reason);
        assertThat(BrakeReason.ofStored("moonphase 1 2")).isEmpty();
        assertThat(BrakeReason.ofStored("burst")).isEmpty();
    }
}
