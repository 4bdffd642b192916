package io.sealpost.relay.smtp.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a mail program would hold against certificates that can be served all the same. */
public final class CertificateReview {
    private CertificateReview() {}

    /** What it is about. */
    public enum Kind {
        /** A certificate did not sign the one before it. */
        CHAIN_ORDER,
        /** It does not hold yet. */
        NOT_YET_VALID,
        /** It holds no more. */
        ENDED,
        /** None is for our name. */
        OTHER_NAME
    }

    /**
     * One of them.
     *
     * @param file the certificate's
     * @param sentence what is so
     */
    public record Objection(Kind kind, Path file, String sentence) {
        private boolean isAsIn(Set<Objection> others) {
            return others.stream().anyMatch(other -> other.kind == kind && other.file.equals(file));
        }
    }

    /** All there is against them, at that time. */
    public static List<Objection> of(TlsIdentity identity, Instant now) {
        List<Objection> found = new ArrayList<>();
        identity.pairs().forEach(pair -> found.addAll(of(pair, now)));
        if (identity.pairs().stream().noneMatch(pair -> pair.isFor(identity.hostname()))) {
            ServerCertificate main = identity.pairs().get(0);
            Path file = main.files().certificate();
            found.add(new Objection(
                    Kind.OTHER_NAME,
                    file,
                    file + " is for " + main.names() + ", not for " + identity.hostname()
                            + ": mail programs refuse it"));
        }
        return found;
    }

    /** What there is against {@code next} that was not against {@code now}: why it is not put in its place. */
    static List<Objection> added(TlsIdentity current, TlsIdentity next, Instant now) {
        Set<Objection> known = Set.copyOf(of(current, now));
        return of(next, now).stream()
                .filter(objection -> !objection.isAsIn(known))
                .collect(Collectors.toList());
    }

    private static List<Objection> of(ServerCertificate pair, Instant now) {
        List<Objection> found = new ArrayList<>();
        Path file = pair.files().certificate();
        misplaced(pair.chain())
                .ifPresent(place -> found.add(new Objection(
                        Kind.CHAIN_ORDER,
                        file,
                        "certificate " + place + " in " + file + " did not sign the one before it")));
        Lifetime life = Lifetime.of(pair.certificate());
        if (life.isBefore(now)) {
            found.add(new Objection(Kind.NOT_YET_VALID, file, file + " is not valid before " + life.begin()));
        } else if (life.isOver(now)) {
            found.add(new Objection(Kind.ENDED, file, file + " ended on " + life.end() + ": mail programs refuse it"));
        }
        return found;
    }

    /** The place, from 1, of the first that did not sign the one before it. */
    private static Optional<Integer> misplaced(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            if (!signed(chain.get(i - 1), chain.get(i))) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    /** Whether the one was signed by the other. */
    public static boolean signed(X509Certificate one, X509Certificate by) {
        if (!one.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            one.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
