package io.sealpost.queue.jdbc;

/** Reads the count of a statement that names one row by id and version: 1, it was mine; 0, another's; anything else, a bug. */
final class CompareAndSet {
    private CompareAndSet() {}

    /** Whether the row was taken; throws IllegalStateException for a count that is neither 0 nor 1. */
    static boolean took(int count) {
        if (count != 0 && count != 1) {
            throw new IllegalStateException("a compare-and-set took " + count + " rows");
        }
        return count == 1;
    }
}
