package io.sealpost.dkim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of an array as one number, the first one lowest, and what is asked of or done to them all at once, without a branch. A
 * mark is a number whose bytes are each 0x80 (marked) or 0.
 */
final class EightBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long MARKS = 0x8080808080808080L;
    private static final long LOW_BITS = ~MARKS;
    private static final long SPACES = ' ' * EACH;
    private static final long TABS = '\t' * EACH;
    private static final long CRS = '\r' * EACH;
    private static final long LFS = '\n' * EACH;

    private EightBytes() {}

    static long at(byte[] bytes, int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    static void set(byte[] bytes, int offset, long value) {
        LONGS.set(bytes, offset, value);
    }

    /** Marks spaces and tabs. */
    static long blanks(long bytes) {
        return zeros(bytes ^ SPACES) | zeros(bytes ^ TABS);
    }

    /** Marks each CR where {@code next}, the bytes one further on, has an LF. */
    static long lineEnds(long bytes, long next) {
        return zeros((bytes ^ CRS) | (next ^ LFS));
    }

    /** The seven above the first, and the first of those that follow. */
    static long movedUp(long bytes, long following) {
        return (bytes >>> 8) | (following << 56);
    }

    /** The same bytes with spaces for tabs. */
    static long withoutTabs(long bytes) {
        return bytes ^ (zeros(bytes ^ TABS) >>> 7) * (' ' ^ '\t');
    }

    /** The bytes that are not marked, moved together to the low end; what stands above them means nothing. */
    static long without(long marks, long bytes) {
        long marked = marks >>> 7;
        long kept = ~whole(marked);
        // How many marked ones lie below each byte that stays: so far it moves, first by the ones, then by the twos and
        // the fours.
        long distances = (marked * (EACH << 8)) & kept;
        long rest = bytes & kept;
        for (int step = 0; step < 3; step++) {
            long moving = whole((distances >>> step) & EACH);
            int bits = 8 << step;
            rest = (rest & ~moving) | ((rest & moving) >>> bits);
            distances = (distances & ~moving) | ((distances & moving) >>> bits);
        }
        return rest;
    }

    /** 0xFF for each byte that is 1. */
    private static long whole(long ones) {
        return (ones << 8) - ones;
    }

    /** Marks each byte that is zero; no carry runs from one byte into the next. */
    private static long zeros(long bytes) {
        return ~(((bytes & LOW_BITS) + LOW_BITS) | bytes) & MARKS;
    }
}
