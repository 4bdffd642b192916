package io.sealpost.relay.smtp.tls;

/** Which TLS a port speaks. */
public enum TlsKind {
    /** 1.2 and 1.3, by the JDK. */
    MODERN,
    /** From 1.0 on, by Bouncy Castle, for devices that nobody renews any more. */
    LEGACY
}
