package io.sealpost.queue.jdbc;

import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Origin;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The number of the line in which a delivery stands: mail of one priority, account and recipient domain. Higher priorities come first,
 * the domains of an account lie together. Two that share a number by chance share their turns, no more.
 */
final class Line {
    /** What a release before lines stored stands in this one. */
    static final long UNKNOWN = 0;

    /** All lines of a priority above 0 are below it. */
    static final long ORDINARY = 9L << 56;

    static final long BEHIND_ALL = Long.MAX_VALUE;

    private static final int DOMAIN_BITS = 28;
    private static final int ACCOUNT_BITS = 28;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private Line() {}

    /** Above 0. */
    static long of(int priority, Origin origin, MailDomain domain) {
        long owner = origin.account().orElse(-origin.tenant());
        CRC32 crc = new CRC32();
        crc.update(domain.ascii().getBytes(StandardCharsets.US_ASCII));
        return ((long) (9 - priority) << (ACCOUNT_BITS + DOMAIN_BITS))
                | (mixed(owner, ACCOUNT_BITS) << DOMAIN_BITS)
                | mixed(crc.getValue(), DOMAIN_BITS)
                | 1;
    }

    /** The last line of the same priority and account. */
    static long lastOfAccount(long line) {
        return line | ((1L << DOMAIN_BITS) - 1);
    }

    /** 0 for the highest priority; what a release before lines stored has it too. */
    static int rank(long line) {
        return (int) (line >> (ACCOUNT_BITS + DOMAIN_BITS));
    }

    private static long mixed(long value, int bits) {
        return (value * GOLDEN) >>> (Long.SIZE - bits);
    }
}
