package io.sealpost.queue;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what waits, for administrators. Thread-safe; throws {@link io.sealpost.database.StoreUnavailable} when the database is away. */
public interface QueueStatistics {
    /** So many deliveries {@link #tally} reads at most, oldest first. */
    int MOST_READ = 1_000_000;

    /** So many names it keeps apart; the rest counts as {@link #OTHERS}. */
    int MOST_NAMES = 50_000;

    /** Names past {@link #MOST_NAMES}. */
    String OTHERS = "(others)";

    /** The ages that part the classes, as Postfix's qshape has them: younger than 5 minutes, than 10, … than 1,280, and the rest. */
    List<Duration> AGES = List.of(5, 10, 20, 40, 80, 160, 320, 640, 1280).stream()
            .map(Duration::ofMinutes)
            .toList();

    /** By what deliveries are counted together. */
    enum By {
        /** The recipient's domain. */
        DOMAIN,
        /** The set of MX hosts where it is known, else {@code ""}. */
        SITE
    }

    /** Walks the deliveries by id in short statements; the cost grows with what waits, up to the bound. */
    Tally tally(By by);

    /** How many deliveries are in each state, each counted up to {@link QueueInspection#MOST_COUNTED}: costs some index reads. */
    Map<DeliveryState, Long> states();

    /** How many events of each kind the journal has from the last so many seconds; of the latest 200,000 at most. */
    Map<JournalEntry.Kind, Long> events(Duration window);

    /**
     * What a walk gave.
     *
     * @param states deliveries by state
     * @param lines a name each, the largest first
     * @param complete whether all was read
     */
    record Tally(Map<DeliveryState, Long> states, List<Line> lines, boolean complete) {
        /** Copies both. */
        public Tally {
            states = new EnumMap<>(states);
            lines = List.copyOf(lines);
        }

        /** All names in one. */
        public Line total() {
            long[] ages = new long[AGES.size() + 1];
            lines.forEach(line -> Arrays.setAll(ages, i -> ages[i] + line.ages().get(i)));
            return new Line("TOTAL", Arrays.stream(ages).boxed().toList());
        }
    }

    /**
     * Deliveries that are counted together.
     *
     * @param name of the domain or site
     * @param ages how many are younger than each of {@link #AGES} and not counted before; the last is the rest
     */
    record Line(String name, List<Long> ages) {
        /** Copies the list. */
        public Line {
            ages = List.copyOf(ages);
        }

        /** Of all ages. */
        public long total() {
            return ages.stream().mapToLong(Long::longValue).sum();
        }
    }
}
