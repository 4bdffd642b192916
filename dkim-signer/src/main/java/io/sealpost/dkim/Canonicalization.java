package io.sealpost.dkim;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** The two ways of RFC 6376 §3.4, for header and body alike. */
public enum Canonicalization {
    /** Byte for byte, trailing empty lines of the body apart. */
    SIMPLE("simple"),
    /** White space folded. */
    RELAXED("relaxed");

    private final String tag;

    Canonicalization(String tag) {
        this.tag = tag;
    }

    /** The word in {@code c=}. */
    public String tag() {
        return tag;
    }

    /** The way of that word in {@code c=}; empty when it is not known. */
    static Optional<Canonicalization> named(String tag) {
        return Arrays.stream(values()).filter(kind -> kind.tag.equals(tag)).findFirst();
    }

    BodyCanonicalizer body(MessageDigest digest) {
        return this == SIMPLE ? new SimpleBody(digest) : new RelaxedBody(digest);
    }

    /** Appends a field in canonical form, its CRLF left out. */
    void appendField(ByteBuilder to, byte[] header, HeaderField field) {
        if (this == SIMPLE) {
            to.append(header, field.start(), field.end());
        } else {
            RelaxedHeader.append(to, header, field);
        }
    }
}
