package io.sealpost.relay.intake;

import io.sealpost.mail.DataSize;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.Objects;

/**
 * What an operator may set about taking mail in.
 *
 * @param hostname in Received and in Message-IDs that we add
 * @param headerLimit a header over this is refused with 552; default 1M
 * @param expire how long mail is tried; default 5 d
 * @param bounceExpire how long mail of the null sender is tried; default 1 d
 * @param clientTrace whether the Received field names the client
 * @param withoutKey what happens to mail that cannot be signed for want of a key
 */
public record IntakeSettings(
        MailDomain hostname,
        DataSize headerLimit,
        Duration expire,
        Duration bounceExpire,
        ClientTrace clientTrace,
        WithoutKey withoutKey) {
    /** The default of {@code headerLimit}. */
    public static final DataSize DEFAULT_HEADER_LIMIT = DataSize.parse("1M");

    /** Throws when a part is null, or the header limit is over 16 MiB: headers are held in memory. */
    public IntakeSettings {
        Objects.requireNonNull(hostname, "hostname is null");
        Objects.requireNonNull(expire, "expire is null");
        Objects.requireNonNull(bounceExpire, "bounceExpire is null");
        Objects.requireNonNull(clientTrace, "clientTrace is null");
        Objects.requireNonNull(withoutKey, "withoutKey is null");
        if (headerLimit.bytes() > 16 << 20) {
            throw new IllegalArgumentException("a header limit over 16M: " + headerLimit);
        }
    }

    /** Whether receivers learn the client's EHLO name and address. */
    public enum ClientTrace {
        /** The {@code from} clause of RFC 5321 §4.4 stands. */
        SHOWN,
        /** The field begins with {@code by}: neither name nor address leave the house. */
        HIDDEN
    }

    /** {@code [signing] without_key}. */
    public enum WithoutKey {
        /** 550 at the end of data. */
        REFUSE,
        /** Stored, tried only when somebody releases it and a key is there. */
        HOLD
    }
}
