package io.sealpost.relay.smtp.tls;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * Bouncy Castle's TLS, for the listener of old devices alone: the JDK's cannot speak TLS 1.0 on one port and refuse it on another.
 *
 * <p>Both read {@code jdk.tls.disabledAlgorithms} once, when they are first used, and for good. So the JDK's is made to read it first,
 * as it is; then it is relaxed for the moment in which Bouncy Castle reads it, and put back. Whatever else in this process speaks TLS
 * (database, HTTPS, SMTP out, the other ports) does it by the JDK and never sees the relaxed text. The provider is not installed.
 */
final class LegacyEngine {
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    /** What stays forbidden to old devices too. */
    private static final String RELAXED = "SSLv2Hello, SSLv3, RC4, DES, 3DES_EDE_CBC, MD5withRSA, anon, NULL,"
            + " DH keySize < 1024, EC keySize < 224, RSA keySize < 1024";

    /** Kept here, since a logger that nobody holds forgets its level: a failed handshake of a device is one line of ours. */
    private static final Logger TALK = Logger.getLogger("org.bouncycastle.jsse");

    /**
     * Forward secrecy first, then RSA, which is all that many devices know. No DHE: those that know it end at keys of 1,024 bits, and
     * fail at longer ones instead of going on to RSA.
     */
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA");

    private LegacyEngine() {}

    /** Loads it; once in a process it is done, and does no harm again. */
    static synchronized TlsEngine load() {
        TALK.setLevel(Level.OFF);
        fixTheJdk();
        String strict = Security.getProperty(DISABLED);
        BouncyCastleJsseProvider provider;
        try {
            Security.setProperty(DISABLED, RELAXED);
            provider = new BouncyCastleJsseProvider(false, new BouncyCastleProvider());
            SSLContext probe = SSLContext.getInstance("TLS", provider);
            probe.init(new KeyManager[0], new TrustManager[0], null);
            probe.getSupportedSSLParameters();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle has TLS", e);
        } finally {
            Security.setProperty(DISABLED, strict == null ? "" : strict);
        }
        BouncyCastleJsseProvider loaded = provider;
        return new TlsEngine(
                () -> SSLContext.getInstance("TLS", loaded), List.of("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"), SUITES);
    }

    /** Has the JDK read what is disabled. */
    private static void fixTheJdk() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            context.getServerSocketFactory().getSupportedCipherSuites();
            context.getDefaultSSLParameters().getProtocols();
            context.createSSLEngine().getSupportedCipherSuites();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
