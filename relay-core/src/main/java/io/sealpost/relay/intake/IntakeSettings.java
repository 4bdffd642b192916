package io.sealpost.relay.intake;

import io.sealpost.mail.DataSize;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.Objects;

/**
 * What an operator may set about taking mail in.
 *
 * @param hostname in Received and in Message-IDs that we add
 * @param header bounds of a message's header
 * @param expire how long mail is tried; default 5 d
 * @param bounceExpire how long mail of the null sender is tried; default 1 d
 * @param clientTrace whether the Received field names the client
 * @param withoutKey what happens to mail that cannot be signed for want of a key
 */
public record IntakeSettings(
        MailDomain hostname,
        Header header,
        Duration expire,
        Duration bounceExpire,
        ClientTrace clientTrace,
        WithoutKey withoutKey) {
    /** Throws when a part is null. */
    public IntakeSettings {
        Objects.requireNonNull(hostname, "hostname is null");
        Objects.requireNonNull(header, "header is null");
        Objects.requireNonNull(expire, "expire is null");
        Objects.requireNonNull(bounceExpire, "bounceExpire is null");
        Objects.requireNonNull(clientTrace, "clientTrace is null");
        Objects.requireNonNull(withoutKey, "withoutKey is null");
    }

    /**
     * Bounds of a header.
     *
     * @param size more is refused with 552; default 1M
     * @param hops Received fields; more are refused with 554 5.4.6 (RFC 5321 §6.3); default 100
     */
    public record Header(DataSize size, int hops) {
        /** The values named above. */
        public static final Header USUAL = new Header(DataSize.parse("1M"), 100);

        /** Throws when the size is over 16 MiB: headers are held in memory. */
        public Header {
            if (size.bytes() > 16 << 20) {
                throw new IllegalArgumentException("a header limit over 16M: " + size);
            }
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
