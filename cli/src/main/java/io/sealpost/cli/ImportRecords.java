package io.sealpost.cli;

import io.sealpost.keys.Comparison;
import io.sealpost.keys.Comparison.Verdict;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.Observation;
import io.sealpost.keys.ObservedRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** What the DNS says of many keys, some at once. */
final class ImportRecords {
    private static final int AT_ONCE = 20;

    private final Function<DkimKey, ObservedRecords> look;
    private final Instant now;

    ImportRecords(Function<DkimKey, ObservedRecords> look, Instant now) {
        this.look = look;
        this.now = now;
    }

    /** A word for each, in their order; empty for one that could not be read. */
    List<Optional<String>> of(List<ImportCandidate> candidates) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "import-records");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Optional<String>>> looks = candidates.stream()
                    .map(candidate -> threads.submit(() -> candidate.shown(now).map(this::word)))
                    .toList();
            List<Optional<String>> words = new ArrayList<>();
            for (Future<Optional<String>> one : looks) {
                words.add(one.get());
            }
            return words;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look at a record failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private String word(DkimKey key) {
        ObservedRecords seen = look.apply(key);
        List<Comparison> compared = seen.comparedWith(key);
        if (!compared.isEmpty() && compared.stream().allMatch(one -> one.verdict() == Verdict.SHOWN)) {
            return "seen";
        }
        if (compared.stream().noneMatch(one -> one.verdict() == Verdict.DISAGREES)) {
            return "no answer";
        }
        boolean any = seen.observations().stream().anyMatch(one -> one.answer() instanceof Observation.Records);
        return any ? "differs" : "missing";
    }
}
