package io.sealpost.relay.intake;

import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.relay.intake.IntakeSettings.ClientTrace;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Our Received field (RFC 5321 §4.4; the tls clause: RFC 8314 §4.3). Pure. */
public final class TraceField {
    private static final Pattern HELO = Pattern.compile("[A-Za-z0-9._-]{1,255}|\\[[A-Za-z0-9.:]{1,64}\\]");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private TraceField() {}

    /** The field of a message that a client submitted. */
    public static byte[] submitted(
            ClientIdentity client, ClientTrace shown, MailDomain hostname, QueueId id, Instant at) {
        String from = shown == ClientTrace.HIDDEN
                ? ""
                : "from " + helo(client.helo()) + " (" + literal(client.address()) + ")\r\n\t";
        return field(
                from + "by " + hostname + " (Sealpost) with " + client.protocol() + tlsVersion(client),
                id,
                at,
                tlsSuite(client));
    }

    /** The field of a message of our own. */
    public static byte[] local(MailDomain hostname, QueueId id, Instant at) {
        return field("by " + hostname + " (Sealpost)", id, at, "");
    }

    /** A date as the header has it (RFC 5322 §3.3), in UTC. */
    public static String date(Instant at) {
        return DATE.format(at);
    }

    private static byte[] field(String start, QueueId id, Instant at, String tls) {
        String text = "Received: " + start + "\r\n\tid " + id + tls + ";\r\n\t" + date(at) + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String tlsVersion(ClientIdentity client) {
        return client.tls().map(tls -> " (" + plain(tls.split(" ", 2)[0]) + ")").orElse("");
    }

    private static String tlsSuite(ClientIdentity client) {
        return client.tls()
                .filter(tls -> tls.indexOf(' ') > 0)
                .map(tls -> "\r\n\ttls " + plain(tls.substring(tls.indexOf(' ') + 1)))
                .orElse("");
    }

    /** What is neither a name nor a literal would break the field's grammar, or forge it. */
    private static String helo(String helo) {
        return HELO.matcher(helo).matches() ? helo : "unknown";
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress().replaceAll("%.*", "");
        return address instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
