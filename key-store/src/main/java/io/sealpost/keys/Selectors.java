package io.sealpost.keys;

import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of DKIM keys (RFC 6376 §3.1). */
public final class Selectors {
    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final int MAX_NAME = 253;
    private static final int MAX_SELECTOR = 200;

    private Selectors() {}

    /** The selector in lower case, as names in the DNS are compared; refused when it is no name, or makes too long a name. */
    public static Outcome<String> check(String selector, MailDomain domain) {
        String name = selector.toLowerCase(Locale.ROOT);
        if (name.length() > MAX_SELECTOR || !LABELS.matcher(name).matches()) {
            return Outcome.refused(
                    Kind.UNFIT,
                    "\"" + ForeignText.escape(selector)
                            + "\" is not a selector; use letters, digits and hyphens, as s2026");
        }
        if ((name + "._domainkey." + domain.ascii()).length() > MAX_NAME) {
            return Outcome.refused(
                    Kind.UNFIT, "the selector makes a name of more than 253 characters; take a shorter one");
        }
        return Outcome.done(name);
    }

    /** A dated selector that is not taken: {@code s20261124r} for RSA, {@code e} for Ed25519; a second one on that day ends in 2. */
    public static String dated(LocalDate day, KeyAlgorithm algorithm, Set<String> taken) {
        String base = "s" + DateTimeFormatter.BASIC_ISO_DATE.format(day) + (algorithm == KeyAlgorithm.RSA ? "r" : "e");
        return Optional.of(base).filter(name -> !taken.contains(name)).orElseGet(() -> numbered(base, taken));
    }

    private static String numbered(String base, Set<String> taken) {
        int number = 2;
        while (taken.contains(base + number)) {
            number++;
        }
        return base + number;
    }
}
