package io.sealpost.relay.smtp.tls;

/** A certificate or key cannot be used; the message says why, in a plain sentence for the operator. */
public final class CertificateFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CertificateFault(String message) {
        super(message);
    }

    CertificateFault(String message, Throwable cause) {
        super(message, cause);
    }
}
