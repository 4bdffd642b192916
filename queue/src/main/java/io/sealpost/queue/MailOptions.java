package io.sealpost.queue;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of MAIL that outlive the session.
 *
 * @param bodyType {@code BODY=} (RFC 6152)
 * @param extensions flags: SMTPUTF8 (RFC 6531), REQUIRETLS (RFC 8689)
 * @param priority MT-PRIORITY (RFC 6710), −9 to 9; 0 is ordinary
 * @param dsn RET and ENVID (RFC 3461)
 * @param language of notices, a tag of RFC 5646; empty where unknown
 * @param holdUntil FUTURERELEASE (RFC 4865); empty: at once
 */
public record MailOptions(
        BodyType bodyType,
        Extensions extensions,
        int priority,
        DsnRequest dsn,
        Optional<String> language,
        Optional<Instant> holdUntil) {
    /** Nothing asked for: 8-bit bytes go as they came. */
    public static final MailOptions NONE =
            new MailOptions(BodyType.UNSTATED, Extensions.NONE, 0, DsnRequest.NONE, Optional.empty(), Optional.empty());

    /** Throws for a priority out of range or a part that is null. */
    public MailOptions {
        Objects.requireNonNull(bodyType, "bodyType is null");
        Objects.requireNonNull(extensions, "extensions is null");
        Objects.requireNonNull(dsn, "dsn is null");
        Objects.requireNonNull(language, "language is null");
        Objects.requireNonNull(holdUntil, "holdUntil is null");
        if (priority < -9 || priority > 9) {
            throw new IllegalArgumentException("MT-PRIORITY is -9 to 9, not " + priority);
        }
    }

    /** This with another {@code BODY=}. */
    public MailOptions withBodyType(BodyType other) {
        return new MailOptions(other, extensions, priority, dsn, language, holdUntil);
    }

    /** What {@code BODY=} said; stored by number in {@link #code()}. */
    public enum BodyType {
        /** The parameter was not given. */
        UNSTATED(0),
        /** {@code 7BIT}. */
        SEVEN_BIT(1),
        /** {@code 8BITMIME}. */
        EIGHT_BIT_MIME(2);

        private final int code;

        BodyType(int code) {
            this.code = code;
        }

        /** The number in the database; never given another meaning. */
        public int code() {
            return code;
        }

        /** The type of a stored number; throws IllegalArgumentException for one that is none. */
        public static BodyType ofCode(int code) {
            for (BodyType type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new IllegalArgumentException("not a body type: " + code);
        }
    }

    /**
     * Extensions asked for by their mere name.
     *
     * @param smtpUtf8 SMTPUTF8
     * @param requireTls REQUIRETLS
     */
    public record Extensions(boolean smtpUtf8, boolean requireTls) {
        /** Neither. */
        public static final Extensions NONE = new Extensions(false, false);
    }

    /**
     * RET and ENVID.
     *
     * @param ret {@code FULL} or {@code HDRS}; empty when not given
     * @param envid decoded from xtext; empty when not given
     */
    public record DsnRequest(Optional<String> ret, Optional<String> envid) {
        /** Neither. */
        public static final DsnRequest NONE = new DsnRequest(Optional.empty(), Optional.empty());
    }
}
