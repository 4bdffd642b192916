package io.sealpost.queue;

import io.sealpost.mail.MailDomain;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Spreads deliveries over {@link QueueClaims#BUCKETS} by recipient domain, the same on every node and in every release. */
public final class Buckets {
    private Buckets() {}

    /** The bucket of a domain, from 0. */
    public static int of(MailDomain recipientDomain) {
        CRC32 crc = new CRC32();
        crc.update(recipientDomain.ascii().getBytes(StandardCharsets.US_ASCII));
        return (int) (crc.getValue() % QueueClaims.BUCKETS);
    }
}
