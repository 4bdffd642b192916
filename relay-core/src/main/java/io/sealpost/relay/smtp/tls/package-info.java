/**
 * The listeners' side of TLS: which certificate a client is shown, which versions and suites it may use, and the files behind the
 * certificates, watched while they are in use.
 *
 * <p>Two kinds of ports are served: the modern ones by the JDK's TLS, and one for old devices by Bouncy Castle's, which is loaded for
 * it alone. Knows nothing of SMTP or of who logs in.
 */
package io.sealpost.relay.smtp.tls;
