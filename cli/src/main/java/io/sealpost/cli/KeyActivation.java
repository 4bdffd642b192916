package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.Activation;
import io.sealpost.keys.Activation.Activated;
import io.sealpost.keys.Activation.NotSeen;
import io.sealpost.keys.Comparison;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.keys.RecordRetention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Activates keys whose records are seen, and looks again for the others while there is time. For one thread. */
final class KeyActivation {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_MEMORY = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 6;

    private final Console console;
    private final Function<DkimKey, Look> look;
    private final RecordRetention retention;
    private final Clock clock;
    private final Pause pause;

    /** Lets time go by. */
    interface Pause {
        void pause(Duration time);
    }

    /**
     * One look at a key's record.
     *
     * @param key the key, before
     * @param observed what was seen
     * @param activation what came of it
     */
    record Look(DkimKey key, ObservedRecords observed, Activation activation) {
        /** How long it is of no use to look again: what the servers that stand against it remember. */
        private Duration remembered() {
            return observed.comparedWith(key).stream()
                    .filter(Comparison::speaksAgainst)
                    .map(Comparison::remembered)
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
        }
    }

    /** {@code look}: looks at a key's record and activates it where it may be. */
    KeyActivation(Console console, Function<DkimKey, Look> look, RecordRetention retention, Clock clock, Pause pause) {
        this.console = console;
        this.look = look;
        this.retention = retention;
        this.clock = clock;
        this.pause = pause;
    }

    /** On this store, by the clock of this machine. */
    static KeyActivation of(Console console, Administration administration) {
        return new KeyActivation(
                console,
                key -> look(administration, key),
                administration.retention(),
                Clock.systemUTC(),
                KeyActivation::sleep);
    }

    private static Look look(Administration administration, DkimKey key) {
        ObservedRecords observed = administration.dns().forActivation(key);
        return new Look(key, observed, administration.keys().activate(key.id(), observed));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Sysexits.TEMPFAIL, "interrupted; what was not seen stays pending");
        }
    }

    /** Returns a code of {@link Sysexits}: not 0 when a key is still pending at the end of the time. */
    int activate(List<DkimKey> keys, Duration patience) {
        Instant end = clock.instant().plus(patience);
        List<Look> missing = lookAt(keys);
        for (int looks = 1; !missing.isEmpty(); looks++) {
            Duration left = Duration.between(clock.instant(), end);
            boolean last = left.isZero() || left.isNegative();
            if (looks == 1 || last) {
                missing.forEach(this::explain);
            }
            if (last) {
                return Sysexits.TEMPFAIL;
            }
            Duration next = next(looks, missing, left);
            console.note("Looking again in " + Times.shown(next) + ".");
            pause.pause(next);
            missing = lookAt(missing.stream().map(Look::key).toList());
        }
        return Sysexits.OK;
    }

    private List<Look> lookAt(List<DkimKey> keys) {
        List<Look> looks = keys.stream().map(look).toList();
        looks.forEach(this::tell);
        return looks.stream()
                .filter(seen -> seen.activation() instanceof NotSeen)
                .toList();
    }

    /** Twice as long each time, and not before the servers have forgotten what they said; never past the end. */
    private static Duration next(int looks, List<Look> missing, Duration left) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(DOUBLINGS, looks - 1));
        Duration pause = least(doubled, LONGEST_PAUSE);
        Duration remembered = missing.stream()
                .map(Look::remembered)
                .min(Comparator.naturalOrder())
                .map(memory -> least(memory, LONGEST_MEMORY))
                .orElse(Duration.ZERO);
        return least(pause.compareTo(remembered) < 0 ? remembered : pause, left);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void tell(Look seen) {
        if (seen.activation() instanceof Activation.Refused refused) {
            throw Outcomes.fault(refused.problem());
        }
        if (seen.activation() instanceof Activated activated) {
            console.print(seen.key().recordName() + " signs now.");
            activated.replaced().ifPresent(old -> console.print(retiring(old, retention)));
            warn(seen);
        }
    }

    /** What becomes of the key that signed until now. */
    static String retiring(DkimKey old, RecordRetention retention) {
        return old.recordName() + " is retiring: its record must stand until "
                + Times.shown(retention.until(old).orElseThrow()) + ".";
    }

    private void explain(Look seen) {
        console.note(seen.key().recordName() + " is not seen yet; it stays pending:");
        ((NotSeen) seen.activation()).reasons().forEach(reason -> console.note("  " + reason));
        warn(seen);
    }

    private void warn(Look seen) {
        seen.observed().comparedWith(seen.key()).stream()
                .filter(comparison -> !comparison.speaksAgainst())
                .filter(comparison -> comparison.verdict() == Comparison.Verdict.SILENT)
                .forEach(comparison -> console.note("  warning: " + comparison));
        KeyRemarks.of(seen.key(), seen.observed()).forEach(remark -> console.note("  warning: " + remark));
    }
}
