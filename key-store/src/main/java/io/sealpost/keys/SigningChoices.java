package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How a domain's signatures differ from the usual ones. Kept as differences, so that a later release's usual list reaches every domain.
 *
 * @param lifetime {@code x=} is {@code t=} plus this; empty: no {@code x=}
 * @param identity {@code i=}, an address or {@code @} and a domain; empty: no {@code i=}
 * @param oversigned lower-case field names signed once more than they stand, beside the usual ones; sorted
 * @param signed lower-case field names signed as often as they stand, beside the usual ones; sorted
 * @param leftOut lower-case field names of the usual ones that are not signed; sorted
 */
public record SigningChoices(
        Optional<Duration> lifetime,
        Optional<String> identity,
        List<String> oversigned,
        List<String> signed,
        List<String> leftOut) {
    /** As usual in everything. */
    public static final SigningChoices NONE =
            new SigningChoices(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

    private static final int MOST_NAMES = 50;
    private static final int LONGEST_NAME = 76;
    private static final int LONGEST_IDENTITY = 320;
    private static final long LONGEST_LIFE = Integer.MAX_VALUE;

    /**
     * Throws IllegalArgumentException with a plain sentence when From is named, which always stands in a signature (RFC 6376 §5.4), a
     * name stands twice or is no field's, there are too many, or a part is out of bounds.
     */
    public SigningChoices {
        Objects.requireNonNull(identity, "identity is null");
        oversigned = sorted(oversigned);
        signed = sorted(signed);
        leftOut = sorted(leftOut);
        requireNames(
                Stream.of(oversigned, signed, leftOut).flatMap(List::stream).toList());
        long life = lifetime.map(Duration::toSeconds).orElse(1L);
        if (life < 1 || life > LONGEST_LIFE) {
            throw new IllegalArgumentException("a signature lives from a second to 68 years");
        }
        if (identity.filter(agent -> !agent.contains("@") || agent.length() > LONGEST_IDENTITY)
                .isPresent()) {
            throw new IllegalArgumentException("an identity is an address, or @ and a domain");
        }
    }

    private static void requireNames(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.equals("from")) {
                throw new IllegalArgumentException("From is always signed once more than it stands");
            }
            if (!isName(name)) {
                throw new IllegalArgumentException("not the name of a header field");
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException(name + " is named for more than one thing");
            }
        }
        if (seen.size() > MOST_NAMES) {
            throw new IllegalArgumentException("more than " + MOST_NAMES + " fields of a domain's own");
        }
    }

    /** RFC 6376 §2.10: printable ASCII without colon and semicolon; here in lower case. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':' && c != ';' && !(c >= 'A' && c <= 'Z'));
    }

    private static List<String> sorted(List<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }

    /** Whether {@code i=} lies in or below the domain that signs, as it must (RFC 6376 §3.5); true without one. */
    public boolean fits(MailDomain domain) {
        return identity.map(agent -> agent.substring(agent.lastIndexOf('@') + 1))
                .map(name -> name.equalsIgnoreCase(domain.ascii())
                        || name.toLowerCase(Locale.ROOT).endsWith("." + domain.ascii()))
                .orElse(true);
    }
}
