package io.sealpost.account.brake;

import io.sealpost.account.brake.BrakeReason.Kind;
import java.util.Optional;

/** Whether an account looks taken over. Pure. */
public final class BrakeRules {
    private BrakeRules() {}

    /** The first rule that it breaks; empty when it looks as always. */
    public static Optional<BrakeReason> judge(Behaviour seen, BrakeSettings settings) {
        long usual = Math.max(settings.floor(), settings.factor() * Math.max(seen.mean(), seen.learned()));
        if (seen.recipients() > usual) {
            return reason(Kind.RECIPIENTS, seen.recipients(), usual);
        }
        long refused = seen.refused() - seen.released().refused();
        long all = Math.max(refused, seen.recipients() - seen.released().recipients());
        if (refused >= settings.refused() && refused * 100 >= settings.refusedShare() * all) {
            return reason(Kind.REFUSED, refused, settings.refused());
        }
        if (seen.networks() >= settings.networks()) {
            return reason(Kind.NETWORKS, seen.networks(), settings.networks());
        }
        return seen.burst() > settings.burst() ? reason(Kind.BURST, seen.burst(), settings.burst()) : Optional.empty();
    }

    private static Optional<BrakeReason> reason(Kind kind, long seen, long usual) {
        return Optional.of(new BrakeReason(kind, seen, usual));
    }
}
