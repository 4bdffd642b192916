package io.sealpost.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.config.Settings;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.queue.QueueMaintenance;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpkeepTest {
    private final Tables tables = new Tables();
    private final Upkeep upkeep =
            new Upkeep(tables, olderThan -> 0, new Settings.Retention(Duration.ofDays(30), Duration.ofDays(365)));

    /** Counts what is asked of it. */
    private static final class Tables implements QueueMaintenance {
        private boolean away;
        private int freed;
        private int swept;

        @Override
        public int freeExpired(Duration grace) {
            check();
            return ++freed;
        }

        @Override
        public int sweepEnded() {
            check();
            swept++;
            return 0;
        }

        @Override
        public int pruneJournal(Duration olderThan) {
            check();
            return 0;
        }

        private void check() {
            if (away) {
                throw new StoreUnavailable("away", null);
            }
        }
    }

    /** Else a node's lease could go to another in the very moment in which it is about to write what was delivered under it. */
    @Test
    void freesNoLeasesInTheFirstTurnThatFindsTheDatabase() {
        upkeep.turn();
        assertThat(tables.freed).isZero();
        upkeep.turn();
        assertThat(tables.freed).isEqualTo(1);

        tables.away = true;
        upkeep.turn();
        tables.away = false;
        upkeep.turn();
        assertThat(tables.freed).isEqualTo(1);
        assertThat(tables.swept).isEqualTo(3);
        upkeep.turn();
        assertThat(tables.freed).isEqualTo(2);
        upkeep.close();
    }
}
