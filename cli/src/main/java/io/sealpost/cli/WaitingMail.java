package io.sealpost.cli;

import io.sealpost.account.Account;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.queue.QueueFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What becomes of an account's waiting mail when the account is shut. */
final class WaitingMail {
    /** Within two seconds of a change every node has ended the sessions; what they took until then is looked for, too. */
    private static final Duration SESSIONS_END = Duration.ofSeconds(3);

    private final Administration administration;
    private final Console console;
    private final QueueFilter filter;

    /** The administrator's choice. */
    enum Fate {
        /** It goes its way. */
        KEEP,
        /** It is held, until it is released or dropped. */
        HOLD,
        /** It ends without a word. */
        DROP
    }

    WaitingMail(Administration administration, Console console, Account account) {
        this.administration = administration;
        this.console = console;
        this.filter = QueueFilter.ALL.withAccount(account.id());
    }

    long count() {
        return administration.queue().count(filter);
    }

    /** Acts at once, and again when the account's sessions have ended everywhere; returns how many deliveries. */
    int meet(Fate fate, Optional<String> reason) {
        if (fate == Fate.KEEP) {
            return 0;
        }
        int changed = act(fate, reason);
        if (administration.nodesServe()) {
            console.note("Waiting until its sessions have ended on every node …");
            pause();
            changed += act(fate, reason);
        }
        return changed;
    }

    private int act(Fate fate, Optional<String> reason) {
        return fate == Fate.DROP
                ? administration.queue().drop(filter, reason)
                : administration.queue().hold(filter, reason.orElse("its account was disabled"));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(SESSIONS_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Sysexits.TEMPFAIL, "interrupted; run it again to be sure that nothing was left");
        }
    }
}
