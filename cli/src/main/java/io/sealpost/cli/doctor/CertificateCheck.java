package io.sealpost.cli.doctor;

import io.sealpost.cli.config.Settings;
import io.sealpost.relay.smtp.tls.CertificateFault;
import io.sealpost.relay.smtp.tls.CertificateFiles;
import io.sealpost.relay.smtp.tls.CertificateReview;
import io.sealpost.relay.smtp.tls.CertificateReview.Objection;
import io.sealpost.relay.smtp.tls.Lifetime;
import io.sealpost.relay.smtp.tls.ServerCertificate;
import io.sealpost.relay.smtp.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether each certificate and its key belong together, hold for a name of ours, are in order, and for how long. */
final class CertificateCheck implements Check {
    private static final int VERY_SOON = 3;

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        Settings settings = patient.settings();
        Instant now = patient.world().clock().instant();
        List<Finding> findings = new ArrayList<>();
        List<ServerCertificate> pairs = new ArrayList<>();
        for (Settings.Tls.Pair files : settings.tls().pairs()) {
            Optional<Finding> missing = missing(files);
            if (missing.isPresent()) {
                findings.add(missing.get());
                continue;
            }
            try {
                ServerCertificate pair =
                        ServerCertificate.read(new CertificateFiles(files.certificate(), files.privateKey()));
                pairs.add(pair);
                findings.addAll(ofOne(pair, now));
            } catch (CertificateFault unusable) {
                findings.add(Finding.problem(
                        unusable.getMessage(), "put a certificate and the key that belongs to it there"));
            }
        }
        if (!pairs.isEmpty()) {
            CertificateReview.of(new TlsIdentity(settings.hostname().ascii(), pairs), now).stream()
                    .map(CertificateCheck::finding)
                    .forEach(findings::add);
        }
        boolean faulty = findings.stream().anyMatch(finding -> finding.level() != Level.OK);
        return faulty
                ? findings.stream()
                        .filter(finding -> finding.level() != Level.OK)
                        .toList()
                : findings;
    }

    private static Optional<Finding> missing(Settings.Tls.Pair files) {
        for (Path file : List.of(files.certificate(), files.privateKey())) {
            if (!Files.exists(file)) {
                return Optional.of(Finding.problem(
                        file + " is not there: no listener opens",
                        "put certificate and key there; sealpost init makes a self-signed pair where neither is"));
            }
            Optional<Finding> closed = ReadingRights.fault(file);
            if (closed.isPresent()) {
                return closed;
            }
        }
        return Optional.empty();
    }

    private static List<Finding> ofOne(ServerCertificate pair, Instant now) throws IOException {
        List<Finding> findings = new ArrayList<>();
        time(pair, now).ifPresent(findings::add);
        readable(pair.files().privateKey()).ifPresent(findings::add);
        issuer(pair).ifPresent(findings::add);
        return findings;
    }

    private static Finding finding(Objection objection) {
        return Finding.problem(
                objection.sentence(),
                switch (objection.kind()) {
                    case CHAIN_ORDER -> "put the host's own first, then the one that signed it, and so on";
                    case NOT_YET_VALID -> "look at this machine's clock, or put the one before it back";
                    case ENDED -> "renew it now";
                    case OTHER_NAME -> "get one whose subjectAltName has the name that clients connect to";
                });
    }

    private static Optional<Finding> readable(Path key) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(key);
        return rights.contains(PosixFilePermission.OTHERS_READ)
                ? Optional.of(Finding.warning(
                        "everybody on this machine can read the private key " + key,
                        "take that away: chmod o-r " + key))
                : Optional.empty();
    }

    private static Optional<Finding> issuer(ServerCertificate pair) {
        X509Certificate own = pair.certificate();
        Path file = pair.files().certificate();
        if (CertificateReview.signed(own, own)) {
            return Optional.of(Finding.warning(
                    file + " is self-signed: mail programs ask whether to trust it, some refuse",
                    "put one of a known authority there (Let's Encrypt and others give them for nothing)"));
        }
        return pair.chain().size() == 1
                ? Optional.of(Finding.warning(
                        file + " has the host's certificate alone: clients that do not know its issuer refuse it",
                        "append the issuer's certificate (use fullchain.pem, not cert.pem)"))
                : Optional.empty();
    }

    /** Nothing of one that does not hold now: that is an objection. */
    private static Optional<Finding> time(ServerCertificate pair, Instant now) {
        Lifetime life = Lifetime.of(pair.certificate());
        if (life.isBefore(now) || life.isOver(now)) {
            return Optional.empty();
        }
        String ends = pair.files().certificate() + " is valid for another "
                + life.left(now).toDays() + " days, until " + life.end();
        Optional<Integer> warning = life.warning(now);
        if (warning.isEmpty()) {
            return Optional.of(Finding.ok(ends));
        }
        return Optional.of(
                warning.get() <= VERY_SOON
                        ? Finding.problem(ends, "renew it now; look why that did not happen by itself")
                        : Finding.warning(ends, "renew it; look whether that happens by itself"));
    }
}
