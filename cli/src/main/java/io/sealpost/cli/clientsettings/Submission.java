package io.sealpost.cli.clientsettings;

import io.sealpost.mail.MailDomain;

/**
 * Where mail of a domain is submitted.
 *
 * @param host the server's name, as its certificate has it
 * @param port as clients see it
 * @param tls when TLS begins
 */
public record Submission(MailDomain host, int port, Tls tls) {
    /** When TLS begins. */
    public enum Tls {
        /** With the first byte (RFC 8314 §3.3): what clients should try first. */
        IMPLICIT("_submissions", "SSL", "SSL/TLS"),
        /** After STARTTLS. */
        STARTTLS("_submission", "STARTTLS", "STARTTLS");

        private final String service;
        private final String mozilla;
        private final String words;

        Tls(String service, String mozilla, String words) {
            this.service = service;
            this.mozilla = mozilla;
            this.words = words;
        }

        String mozilla() {
            return mozilla;
        }

        /** As mail programs call it. */
        public String words() {
            return words;
        }
    }

    /** The SRV record of RFC 6186 §3.1 and RFC 8314 §5.1; TLS from the first byte goes first. */
    public Srv srv(MailDomain domain) {
        return new Srv(tls.service + "._tcp." + domain, tls == Tls.IMPLICIT ? 0 : 10, port, host.ascii());
    }

    /**
     * An SRV record.
     *
     * @param name its full name, without the last dot
     * @param target the host, without the last dot
     */
    public record Srv(String name, int priority, int port, String target) {
        /** Type and text apart: {@code 0 1 465 relay.example.net.} */
        public String value() {
            return priority + " 1 " + port + " " + target + ".";
        }
    }
}
