package io.sealpost.relay.smtp;

/** When a listener's sessions turn to TLS. */
public enum TlsMode {
    /** In clear until STARTTLS (RFC 3207); nothing but the greeting is to be had before. */
    STARTTLS,
    /** From the first byte (RFC 8314 §3.3). */
    IMPLICIT
}
