package io.sealpost.relay.smtp.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An implementation of TLS and what is offered of it.
 *
 * @param maker makes its contexts
 * @param protocols by the JDK's names
 * @param suites in our order, which counts; those that the implementation does not know are left out
 */
record TlsEngine(Maker maker, List<String> protocols, List<String> suites) {
    /** Makes an empty context. */
    interface Maker {
        SSLContext make() throws GeneralSecurityException;
    }

    /** RFC 9325 §3.1 and §4.2: 1.2 and 1.3, forward secrecy and AEAD only. */
    private static final TlsEngine MODERN = new TlsEngine(
            () -> SSLContext.getInstance("TLS"),
            List.of("TLSv1.3", "TLSv1.2"),
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"));

    /** The JDK's. */
    static TlsEngine modern() {
        return MODERN;
    }

    SSLContext context(TlsIdentity identity) {
        try {
            SSLContext context = maker.make();
            context.init(new KeyManager[] {new IdentityKeyManager(identity)}, null, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new CertificateFault("TLS cannot be served: " + e.getMessage(), e);
        }
    }

    SSLParameters parameters(SSLContext context) {
        List<String> known = Arrays.asList(context.getSupportedSSLParameters().getCipherSuites());
        SSLParameters parameters = new SSLParameters(
                suites.stream().filter(known::contains).toArray(String[]::new), protocols.toArray(new String[0]));
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }
}
