package io.sealpost.cli.doctor;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Problem;
import io.sealpost.cli.config.Settings;
import io.sealpost.mail.MailDomain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks at everything and keeps what was found. Used once; not thread-safe. */
public final class Doctor {
    /** Above the sum of the time-outs of any one check that goes as it should. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String SETTINGS = "settings";

    private final Duration limit;
    private final Telling telling;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A finding and whose it is.
     *
     * @param check the name of the check
     */
    public record Entry(String check, Finding finding) {}

    /** Hears as it goes. */
    public interface Telling {
        /** One more finding. */
        void found(Entry entry);

        /** A check takes its time. */
        void slow(String check);
    }

    /** Tells while it looks. */
    public Doctor(Telling telling) {
        this(LIMIT, telling);
    }

    /** {@code limit}: what has given no result by then is told as such. */
    Doctor(Duration limit, Telling telling) {
        this.limit = limit;
        this.telling = telling;
    }

    /**
     * Looks at the settings, and where they are right at all the rest.
     *
     * @param file where the settings lie
     * @param domain one domain that is sent for, instead of the relay
     * @param patient makes what is looked at, from the settings
     * @return whether there is no problem
     */
    public boolean examine(
            Path file, LoadedSettings loaded, Optional<MailDomain> domain, Function<Settings, Patient> patient)
            throws InterruptedException {
        if (loaded instanceof LoadedSettings.Invalid invalid) {
            found(SETTINGS, faults(file, invalid.problems()));
            return false;
        }
        found(SETTINGS, List.of(Finding.ok(file + " is right")));
        List<Check> checks = domain.map(Checks::ofDomain).orElseGet(Checks::ofRelay);
        try (Patient one = patient.apply(((LoadedSettings.Valid) loaded).settings())) {
            new Examination(limit, new Collecting()).run(checks, one);
        }
        return entries.stream().noneMatch(entry -> entry.finding().level() == Level.PROBLEM);
    }

    /** All that was found, in order. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many findings there are of a level. */
    public long count(Level level) {
        return entries.stream()
                .filter(entry -> entry.finding().level() == level)
                .count();
    }

    private static List<Finding> faults(Path file, List<Problem> problems) {
        return problems.stream()
                .map(problem -> Finding.problem(
                        file + ", " + problem, "mend the file; nothing else can be looked at until all of it is right"))
                .toList();
    }

    private void found(String check, List<Finding> findings) {
        findings.stream().map(finding -> new Entry(check, finding)).forEach(entry -> {
            entries.add(entry);
            telling.found(entry);
        });
    }

    private final class Collecting implements Examination.Listener {
        @Override
        public void found(String check, List<Finding> findings) {
            Doctor.this.found(check, findings);
        }

        @Override
        public void slow(String check) {
            telling.slow(check);
        }
    }
}
