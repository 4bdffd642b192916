package io.sealpost.dkim;

import java.security.MessageDigest;

/**
 * RFC 6376 §3.4.4: blanks at line ends go, each run of blanks is one space, trailing empty lines go, a last line gets its CRLF; an
 * empty body stays empty.
 *
 * <p>Put otherwise: a blank goes where a blank or a CRLF follows, and what stays of them is a space. Eight bytes are looked at
 * together and no branch depends on a single byte, so that no text is much dearer than another.
 */
final class RelaxedBody implements BodyCanonicalizer {
    private static final int CHUNK = 4096;
    private static final int GROUP = 8;
    private static final int AHEAD = 2 * GROUP; // So much is looked at to decide on a group.
    private static final byte[] END = {'\r', '\n'};

    private final CanonicalOutput output;
    private final byte[] work = new byte[AHEAD + CHUNK];
    private int held;

    RelaxedBody(MessageDigest digest) {
        this.output = new CanonicalOutput(digest);
    }

    @Override
    public void update(byte[] block, int start, int end) {
        for (int at = start; at < end; at += CHUNK) {
            int size = Math.min(CHUNK, end - at);
            System.arraycopy(block, at, work, held, size);
            squeeze(held + size);
        }
    }

    @Override
    public byte[] finish() {
        int size = held;
        System.arraycopy(END, 0, work, size, END.length); // Blanks at the end of the body go.
        int kept = 0;
        for (int at = 0; at < size; at++) {
            if (!isDropped(at)) {
                work[kept++] = work[at] == '\t' ? (byte) ' ' : work[at];
            }
        }
        output.write(work, 0, kept);
        return output.isEmpty() ? output.finish() : output.finishWithLineEnd();
    }

    /** Hands on all that can be decided of the first bytes, and holds the rest. Writes behind what it has read, never before. */
    private void squeeze(int size) {
        int last = size - AHEAD;
        int at = 0;
        int kept = 0;
        long bytes = EightBytes.at(work, 0);
        long blanks = EightBytes.blanks(bytes);
        for (; at <= last; at += GROUP) {
            long further = EightBytes.at(work, at + GROUP);
            long blanksFurther = EightBytes.blanks(further);
            long lineEndsNext = EightBytes.lineEnds(EightBytes.at(work, at + 1), EightBytes.at(work, at + 2));
            long dropped = blanks & (EightBytes.movedUp(blanks, blanksFurther) | lineEndsNext);
            long group = EightBytes.withoutTabs(bytes);
            EightBytes.set(work, kept, dropped == 0 ? group : EightBytes.without(dropped, group));
            kept += GROUP - Long.bitCount(dropped);
            bytes = further;
            blanks = blanksFurther;
        }
        output.write(work, 0, kept);
        held = size - at;
        System.arraycopy(work, at, work, 0, held);
    }

    private boolean isDropped(int at) {
        boolean beforeLineEnd = work[at + 1] == '\r' && work[at + 2] == '\n';
        return RawMessage.isBlank(work[at]) && (beforeLineEnd || RawMessage.isBlank(work[at + 1]));
    }
}
