package io.sealpost.relay.smtp.tls;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a pair lies, both PEM.
 *
 * @param certificate the server's own certificate, then the one that signed it, and so on
 * @param privateKey unencrypted
 */
public record CertificateFiles(Path certificate, Path privateKey) {
    /** Throws when a part is null. */
    public CertificateFiles {
        Objects.requireNonNull(certificate, "certificate is null");
        Objects.requireNonNull(privateKey, "privateKey is null");
    }
}
