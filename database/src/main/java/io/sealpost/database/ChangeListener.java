package io.sealpost.database;

/** Hears of changes, on the reader's one thread: it must be quick, and throw nothing. */
public interface ChangeListener {
    /** A change was committed by this or another node; the same one is told once, or again after a restart. */
    void changed(Change change);

    /** Changes may have been missed: whatever is cached must go. */
    void dropAll();
}
