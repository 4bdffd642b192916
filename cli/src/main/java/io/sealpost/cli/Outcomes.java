package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem;

/** Refusals of the leaves as faults of a command. */
final class Outcomes {
    private Outcomes() {}

    /** What was done, or a {@link Fault} with the refusal's sentence. */
    static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw fault(((Outcome.Refused<T>) outcome).problem());
    }

    static Fault fault(Problem problem) {
        int code = switch (problem.kind()) {
            case UNKNOWN -> Sysexits.NOINPUT;
            case ALREADY_THERE -> Sysexits.CANTCREAT;
            case NOT_HELD -> Sysexits.NOPERM;
            case UNFIT, WRONG_STATE -> Sysexits.DATAERR;
            case MASTER_KEY -> Sysexits.CONFIG;
        };
        return new Fault(code, problem.sentence());
    }
}
