package io.sealpost.relay.deliver;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a host announced in its reply to EHLO (RFC 5321 §4.1.1.1); nothing after HELO.
 *
 * @param keywords upper case, without their parameters
 */
record Capabilities(Set<String> keywords) {
    static final Capabilities NONE = new Capabilities(Set.of());

    Capabilities {
        keywords = Set.copyOf(keywords);
    }

    /** The first line is the host's name and a greeting. */
    static Capabilities of(ServerReply ehlo) {
        List<String> announced = ehlo.lines().subList(1, ehlo.lines().size());
        return new Capabilities(announced.stream()
                .map(line -> line.strip().split("[ =]", 2)[0].toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet()));
    }

    boolean pipelining() {
        return keywords.contains("PIPELINING");
    }

    boolean startTls() {
        return keywords.contains("STARTTLS");
    }

    boolean size() {
        return keywords.contains("SIZE");
    }

    boolean eightBitMime() {
        return keywords.contains("8BITMIME");
    }

    /** RFC 6531 §3.1: SMTPUTF8 is of no use without 8BITMIME. */
    boolean smtpUtf8() {
        return keywords.contains("SMTPUTF8") && eightBitMime();
    }
}
