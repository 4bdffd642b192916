package io.sealpost.relay.smtp.tls;

import io.sealpost.fixtures.TrustAll;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A client that still speaks TLS 1.0, as the JDK's no longer does. */
public final class OldClient {
    private OldClient() {}

    /** Takes any certificate. */
    public static SSLContext context() {
        try {
            SSLContext context = LegacyEngine.load().maker().make();
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
