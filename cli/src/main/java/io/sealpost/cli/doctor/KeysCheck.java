package io.sealpost.cli.doctor;

import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyInspection;
import io.sealpost.keys.RecordRetention;
import io.sealpost.keys.jdbc.JdbcKeyInspection;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Whether the keys of all domains stand in the DNS. Of very many it looks at those that the time allows. */
final class KeysCheck implements Check {
    private static final int MOST_KEYS = 2_000;
    private static final int AT_ONCE = 16;
    private static final int TOLD = 20;
    private static final Duration TIME = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public List<Finding> look(Patient patient) throws InterruptedException, ExecutionException {
        KeyInspection keys = new JdbcKeyInspection(patient.store().transactions());
        if (keys.domains() == 0) {
            return List.of(Finding.warning(
                    "no domain is held: nobody can send", "add one: sealpost domain add office.example"));
        }
        List<DkimKey> living = keys.living(MOST_KEYS);
        KeyRecordLook look = new KeyRecordLook(
                patient.records()::byResolvers,
                RecordRetention.of(
                        patient.settings().queue().expire(),
                        patient.settings().queue().bounceExpire()),
                patient.store().clock().instant());
        List<Future<List<Finding>>> ended = run(living, look);
        List<Finding> amiss = new ArrayList<>();
        int looked = 0;
        for (Future<List<Finding>> one : ended) {
            try {
                one.get().stream()
                        .filter(finding -> finding.level() != Level.OK)
                        .forEach(amiss::add);
                looked++;
            } catch (CancellationException late) {
                // Counted by what is missing.
            }
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(summary(keys.domains(), looked, living.size()));
        findings.addAll(bounded(amiss));
        withoutKey(keys.withoutActiveKey(TOLD)).ifPresent(findings::add);
        return findings;
    }

    private static List<Future<List<Finding>>> run(List<DkimKey> keys, KeyRecordLook look) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "doctor-keys");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<List<Finding>>> looks = keys.stream()
                    .<Callable<List<Finding>>>map(key -> () -> look.look(key))
                    .toList();
            return threads.invokeAll(looks, TIME.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Finding summary(int domains, int looked, int all) {
        String sentence = domains + (domains == 1 ? " domain; " : " domains; ") + looked
                + (looked == 1 ? " key" : " keys") + " looked for in the DNS";
        return looked == all && all < MOST_KEYS
                ? Finding.ok(sentence)
                : Finding.warning(
                        sentence + "; for the others there was no time", "look at one domain: sealpost doctor DOMAIN");
    }

    private static List<Finding> bounded(List<Finding> amiss) {
        List<Finding> worstFirst = amiss.stream()
                .sorted((one, other) -> other.level().compareTo(one.level()))
                .toList();
        if (worstFirst.size() <= TOLD) {
            return worstFirst;
        }
        List<Finding> told = new ArrayList<>(worstFirst.subList(0, TOLD));
        told.add(Finding.warning(
                "and " + (worstFirst.size() - TOLD) + " more like these", "mend those, then run doctor again"));
        return told;
    }

    private static Optional<Finding> withoutKey(List<MailDomain> domains) {
        if (domains.isEmpty()) {
            return Optional.empty();
        }
        String names = domains.stream().map(MailDomain::ascii).collect(Collectors.joining(", "));
        return Optional.of(Finding.warning(
                "no key signs for " + names + (domains.size() == TOLD ? ", and perhaps others" : "")
                        + ": their mail is refused or held",
                "sealpost dkim create DOMAIN, publish, sealpost dkim activate DOMAIN"));
    }
}
