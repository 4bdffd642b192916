package io.sealpost.cli.doctor;

import io.sealpost.cli.config.Settings;
import io.sealpost.relay.smtp.ListenerFault;
import io.sealpost.relay.smtp.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether certificate and key belong together, hold for our name, in order, and for how long. */
final class CertificateCheck implements Check {
    private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6: GeneralName's dNSName.
    private static final Duration SOON = Duration.ofDays(21);
    private static final Duration VERY_SOON = Duration.ofDays(3);

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        Settings.Tls tls = patient.settings().tls();
        for (Path file : List.of(tls.certificate(), tls.privateKey())) {
            if (!Files.exists(file)) {
                return List.of(Finding.problem(
                        file + " is not there: no listener opens",
                        "put certificate and key there; sealpost init makes a self-signed pair where neither is"));
            }
            Optional<Finding> closed = ReadingRights.fault(file);
            if (closed.isPresent()) {
                return List.of(closed.get());
            }
        }
        ServerCertificate pair;
        try {
            pair = ServerCertificate.read(tls.certificate(), tls.privateKey());
        } catch (ListenerFault unusable) {
            return List.of(
                    Finding.problem(unusable.getMessage(), "put a certificate and the key that belongs to it there"));
        }
        List<Finding> faults = new ArrayList<>();
        String hostname = patient.settings().hostname().ascii();
        readable(tls.privateKey()).ifPresent(faults::add);
        if (names(pair.certificate()).stream().noneMatch(name -> matches(name, hostname))) {
            faults.add(Finding.problem(
                    tls.certificate() + " is for " + names(pair.certificate()) + ", not for " + hostname
                            + ": mail programs refuse it",
                    "get one whose subjectAltName has the name that clients connect to"));
        }
        chain(tls.certificate(), pair.chain()).ifPresent(faults::add);
        Finding time = time(
                tls.certificate(), pair.certificate(), patient.world().clock().instant());
        if (time.level() != Level.OK || faults.isEmpty()) {
            faults.add(0, time);
        }
        return faults;
    }

    private static Optional<Finding> readable(Path key) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(key);
        return rights.contains(PosixFilePermission.OTHERS_READ)
                ? Optional.of(Finding.warning(
                        "everybody on this machine can read the private key " + key,
                        "take that away: chmod o-r " + key))
                : Optional.empty();
    }

    private static Optional<Finding> chain(Path file, List<X509Certificate> chain) {
        X509Certificate own = chain.get(0);
        if (signed(own, own)) {
            return Optional.of(Finding.warning(
                    file + " is self-signed: mail programs ask whether to trust it, some refuse",
                    "put one of a known authority there (Let's Encrypt and others give them for nothing)"));
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!signed(chain.get(i), chain.get(i + 1))) {
                return Optional.of(Finding.problem(
                        "certificate " + (i + 2) + " in " + file + " did not sign the one before it",
                        "put the host's own first, then the one that signed it, and so on"));
            }
        }
        return chain.size() == 1
                ? Optional.of(Finding.warning(
                        file + " has the host's certificate alone: clients that do not know its issuer refuse it",
                        "append the issuer's certificate (use fullchain.pem, not cert.pem)"))
                : Optional.empty();
    }

    private static boolean signed(X509Certificate one, X509Certificate by) {
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

    private static Finding time(Path file, X509Certificate own, Instant now) {
        Instant end = own.getNotAfter().toInstant();
        if (now.isBefore(own.getNotBefore().toInstant())) {
            return Finding.problem(
                    file + " is not valid before " + own.getNotBefore().toInstant(),
                    "look at this machine's clock, or put the one before it back");
        }
        Duration left = Duration.between(now, end);
        if (left.isNegative()) {
            return Finding.problem(file + " ended on " + end + ": mail programs refuse it", "renew it now");
        }
        String ends = file + " is valid for another " + left.toDays() + " days, until " + end;
        if (left.compareTo(VERY_SOON) < 0) {
            return Finding.problem(ends, "renew it now; look why that did not happen by itself");
        }
        return left.compareTo(SOON) < 0
                ? Finding.warning(ends, "renew it; look whether that happens by itself")
                : Finding.ok(ends);
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(DNS_NAME))
                            .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** RFC 6125 §6.4.3: a wildcard stands for the whole leftmost label. */
    private static boolean matches(String name, String host) {
        return name.equals(host)
                || (name.startsWith("*.") && name.substring(1).equals(host.replaceFirst("^[^.]+", "")));
    }
}
