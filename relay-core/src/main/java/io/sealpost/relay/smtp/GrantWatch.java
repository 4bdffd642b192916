package io.sealpost.relay.smtp;

import io.sealpost.account.Accounts;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.database.Change;
import io.sealpost.database.ChangeListener;
import io.sealpost.database.StoreUnavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions whose login no longer stands, when the change feed tells of a change that may concern it. The feed's thread only
 * leaves a note here; a thread of its own asks the accounts, again and again while nobody can tell.
 */
final class GrantWatch implements ChangeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrantWatch.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final OpenSessions sessions;
    private final Accounts accounts;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "smtp-grants");
        made.setDaemon(true);
        return made;
    });

    GrantWatch(OpenSessions sessions, Accounts accounts) {
        this.sessions = sessions;
        this.accounts = accounts;
    }

    @Override
    public void changed(Change change) {
        switch (change.kind()) {
            case TENANT -> ask(account -> isIt(account.tenant(), change));
            case ACCOUNT, APP_PASSWORD -> ask(account -> isIt(account.account(), change));
            default -> {} // Takes no login away.
        }
    }

    private static boolean isIt(long id, Change change) {
        return change.subject().equals(Long.toString(id));
    }

    @Override
    public void dropAll() {
        ask(account -> true);
    }

    private void ask(Predicate<AuthenticatedAccount> concerned) {
        if (!thread.isShutdown()) {
            thread.execute(() -> askNow(concerned));
        }
    }

    private void askNow(Predicate<AuthenticatedAccount> concerned) {
        Map<AuthenticatedAccount, Boolean> answers = new HashMap<>(); // A shop's hundred sessions are one question.
        try {
            sessions.forEachLogin((session, account) -> {
                if (concerned.test(account) && !answers.computeIfAbsent(account, accounts::stillGranted)) {
                    session.withdrawLogin();
                }
            });
        } catch (StoreUnavailable away) {
            thread.schedule(() -> askNow(concerned), ASK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException bug) {
            LOG.error("cannot tell which sessions to end; each asks again with its next message", bug);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
