package io.sealpost.cli.wiring;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.ChangeListener;

/** Hears in the change feed that this node is to read its settings again. Thread-safe. */
final class ReloadCalls implements ChangeListener {
    private final String node;
    private boolean begun;
    private boolean missed;
    private Runnable hearer = () -> missed = true;

    /** {@code node}: its lasting name. */
    ReloadCalls(String node) {
        this.node = node;
    }

    /** Who is told from now on, and now where a call came before. */
    synchronized void tell(Runnable told) {
        hearer = told;
        if (missed) {
            told.run();
        }
    }

    @Override
    public synchronized void changed(Change change) {
        boolean us = change.subject().isEmpty() || change.subject().equals(node);
        if (change.kind() == ChangeKind.RELOAD && us) {
            hearer.run();
        }
    }

    /** A call may have been missed; not before the first reading of the feed, when the settings are fresh. */
    @Override
    public synchronized void dropAll() {
        if (begun) {
            hearer.run();
        }
        begun = true;
    }
}
