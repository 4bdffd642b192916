package io.sealpost.cli;

import io.sealpost.account.brake.BrakeAdministration.State;
import io.sealpost.account.brake.BrakeReason;
import io.sealpost.account.brake.Noticed;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.ReasonFilter;
import java.util.Map;

/** What {@code account show} says of an account's day and its brake, and which mail of it is held by that. */
final class BrakeFacts {
    private BrakeFacts() {}

    static void addTo(Map<String, Object> facts, State state) {
        Noticed today = state.today();
        facts.put(
                "today",
                today.messages() + " messages, " + today.recipients() + " recipients, " + today.refused() + " refused");
        state.since()
                .ifPresent(since -> facts.put(
                        "braked",
                        since + ": "
                                + state.reason().map(BrakeReason::sentence).orElse("looks taken over")
                                + "; see account release, account drop-held"));
    }

    static QueueFilter held(State state) {
        return QueueFilter.ALL
                .withAccount(state.account())
                .withState(DeliveryState.HOLD)
                .withReason(new ReasonFilter(BrakeReason.HELD));
    }
}
