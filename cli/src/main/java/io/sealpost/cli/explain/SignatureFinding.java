package io.sealpost.cli.explain;

import io.sealpost.dkim.Verdict;
import io.sealpost.mail.MailDomain;
import java.util.Optional;

/**
 * A signature of the message, as a verifier judges it now.
 *
 * @param verdict what it says
 * @param origin whose key it is, in words
 * @param alignment what DMARC makes of its domain beside that of From
 */
public record SignatureFinding(Verdict verdict, String origin, Alignment alignment) {
    /** How {@code d=} stands to the domain of From (RFC 7489 §3.1.1). */
    public enum Alignment {
        /** The same: aligned however strict DMARC is. */
        STRICT("aligned with From"),
        /** One is below the other: aligned unless the DMARC record says adkim=s. */
        RELAXED("aligned with From unless DMARC says adkim=s"),
        /** Another domain, or none that can be read. */
        NONE("not aligned with From");

        private final String words;

        Alignment(String words) {
            this.words = words;
        }

        /** For a screen. */
        public String words() {
            return words;
        }

        /** Of a signature's domain beside From's; without a list of public suffixes, of which no key is ours. */
        static Alignment of(Optional<String> signing, Optional<MailDomain> from) {
            if (signing.isEmpty() || from.isEmpty()) {
                return NONE;
            }
            String one = signing.get();
            String other = from.get().ascii();
            boolean below = one.endsWith("." + other) || other.endsWith("." + one);
            return one.equals(other) ? STRICT : below ? RELAXED : NONE;
        }
    }

    /** Whether receivers count the mail as signed by the domain of its From. */
    boolean counts() {
        return verdict.passed() && alignment != Alignment.NONE;
    }
}
