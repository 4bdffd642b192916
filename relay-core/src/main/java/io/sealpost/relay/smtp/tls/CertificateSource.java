package io.sealpost.relay.smtp.tls;

import io.sealpost.mail.MailDomain;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All pairs that the listeners show.
 *
 * @param hostname ours, which clients connect to
 * @param pairs the main one first; others for the same name with another kind of key, or for other names
 */
public record CertificateSource(MailDomain hostname, List<CertificateFiles> pairs) {
    /** Throws IllegalArgumentException when there is no pair. */
    public CertificateSource {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("a server needs a certificate");
        }
    }

    /** Reads all files; throws {@link CertificateFault} when one of them cannot be used. */
    public TlsIdentity read() {
        return new TlsIdentity(
                hostname.ascii(), pairs.stream().map(ServerCertificate::read).toList());
    }

    Stream<Path> files() {
        return pairs.stream().flatMap(pair -> Stream.of(pair.certificate(), pair.privateKey()));
    }
}
