package io.sealpost.queue;

import java.util.Arrays;
import java.util.List;

/**
 * The bytes that stand in front of the content: DKIM fields, then our Received field; whole lines ended by CRLF.
 *
 * @param bytes copied neither in nor out: hand over and do not change
 * @param keyIds rows of the DKIM keys that made the fields; empty while a held message is unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // A value of the hot path; equality is by content below.
public record SignedPrefix(byte[] bytes, List<Long> keyIds) {
    /** Copies the list. */
    public SignedPrefix {
        keyIds = List.copyOf(keyIds);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedPrefix that && Arrays.equals(bytes, that.bytes) && keyIds.equals(that.keyIds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SignedPrefix[" + bytes.length + " bytes, keys " + keyIds + "]";
    }
}
