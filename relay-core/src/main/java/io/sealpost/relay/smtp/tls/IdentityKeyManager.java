package io.sealpost.relay.smtp.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Chooses by the name that the client sent, before the kind of key. The JDK's own chooses by kind first, so that a client that sends
 * no name could be shown the certificate of a reseller. An alias is a pair's place in the list.
 */
final class IdentityKeyManager extends X509ExtendedKeyManager {
    private static final String[] NONE = {};

    private final TlsIdentity identity;

    IdentityKeyManager(TlsIdentity identity) {
        this.identity = identity;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        SSLSession handshake = socket instanceof SSLSocket secured ? secured.getHandshakeSession() : null;
        return identity.choose(requestedName(handshake), algorithm(keyType))
                .map(pair -> Integer.toString(identity.pairs().indexOf(pair)))
                .orElse(null);
    }

    private static String requestedName(SSLSession handshake) {
        return handshake instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                        .orElse("")
                : "";
    }

    /** The JDK asks for {@code EC} and {@code RSA}; Bouncy Castle for curves and key exchanges too, as {@code ECDHE_RSA}. */
    private static String algorithm(String keyType) {
        String last = keyType.substring(Math.max(keyType.lastIndexOf('_'), keyType.lastIndexOf(':')) + 1);
        return last.equals("ECDSA") || last.startsWith("EC/") ? "EC" : last;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return identity.choose("", algorithm(keyType))
                .map(pair -> new String[] {Integer.toString(identity.pairs().indexOf(pair))})
                .orElse(NONE);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return pair(alias)
                .map(pair -> pair.chain().toArray(new X509Certificate[0]))
                .orElse(null);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return pair(alias).map(ServerCertificate::key).orElse(null);
    }

    private Optional<ServerCertificate> pair(String alias) {
        return alias == null ? Optional.empty() : Optional.of(identity.pairs().get(Integer.parseInt(alias)));
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        throw new UnsupportedOperationException("sockets are served here, no engines");
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return NONE;
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
