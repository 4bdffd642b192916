package io.sealpost.cli.clientsettings;

import io.sealpost.mail.MailDomain;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The files by which mail programs set themselves up for a domain.
 *
 * @param domain whose mailboxes
 * @param submissions where they submit, the first choice first; at least one
 * @param mailbox where they read, where known
 */
public record ClientSettings(MailDomain domain, List<Submission> submissions, Optional<Mailbox> mailbox) {
    private static final String IMAPS = "_imaps._tcp.";

    /** Throws IllegalArgumentException without a place to submit at. */
    public ClientSettings {
        submissions = List.copyOf(submissions);
        if (submissions.isEmpty()) {
            throw new IllegalArgumentException("there is no listener for clients");
        }
    }

    /** RFC 6186 and RFC 8314 §5.1. */
    public List<Submission.Srv> records() {
        List<Submission.Srv> records = submissions.stream()
                .map(each -> each.srv(domain))
                .collect(Collectors.toCollection(java.util.ArrayList::new));
        mailbox.ifPresent(box -> records.add(
                new Submission.Srv(IMAPS + domain, 0, box.port(), box.host().ascii())));
        return List.copyOf(records);
    }

    /** Thunderbird and others fetch it from {@code https://autoconfig.DOMAIN/mail/config-v1.1.xml}. */
    public String mozilla() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <clientConfig version="1.1">
                  <emailProvider id="%1$s">
                    <domain>%1$s</domain>
                    <displayName>%1$s</displayName>
                %2$s%3$s  </emailProvider>
                </clientConfig>
                """.formatted(
                        domain,
                        mailbox.map(box -> server("incomingServer", "imap", box.host(), box.port(), "SSL"))
                                .orElse(""),
                        submissions.stream()
                                .map(each -> server(
                                        "outgoingServer",
                                        "smtp",
                                        each.host(),
                                        each.port(),
                                        each.tls().mozilla()))
                                .collect(Collectors.joining()));
    }

    private static String server(String element, String type, MailDomain host, int port, String socket) {
        return """
                    <%1$s type="%2$s">
                      <hostname>%3$s</hostname>
                      <port>%4$d</port>
                      <socketType>%5$s</socketType>
                      <authentication>password-cleartext</authentication>
                      <username>%%EMAILADDRESS%%</username>
                    </%1$s>
                """.formatted(element, type, host, port, socket);
    }

    /** Outlook posts a request to {@code https://autodiscover.DOMAIN/autodiscover/autodiscover.xml} and takes this for an answer. */
    public String outlook() {
        Submission first = submissions.get(0);
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">
                  <Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">
                    <Account>
                      <AccountType>email</AccountType>
                      <Action>settings</Action>
                %s%s    </Account>
                  </Response>
                </Autodiscover>
                """.formatted(
                mailbox.map(box -> protocol("IMAP", box.host(), box.port(), "SSL"))
                        .orElse(""),
                protocol("SMTP", first.host(), first.port(), first.tls() == Submission.Tls.IMPLICIT ? "SSL" : "TLS"));
    }

    private static String protocol(String type, MailDomain host, int port, String encryption) {
        return """
                      <Protocol>
                        <Type>%s</Type>
                        <Server>%s</Server>
                        <Port>%d</Port>
                        <DomainRequired>off</DomainRequired>
                        <SPA>off</SPA>
                        <Encryption>%s</Encryption>
                        <AuthRequired>on</AuthRequired>
                      </Protocol>
                """.formatted(type, host, port, encryption);
    }

    /** A {@code .mobileconfig} for one address, opened on the iPhone or Mac; it asks for the password there. Needs a mailbox. */
    public String apple(String address) {
        Mailbox box = mailbox.orElseThrow(
                () -> new IllegalArgumentException("an Apple profile must name the IMAP server too; give --imap"));
        Submission first = submissions.get(0);
        return AppleProfile.TEXT.formatted(
                xml(address),
                box.host(),
                box.port(),
                first.host(),
                first.port(),
                domain,
                id("account " + address),
                id("profile " + address));
    }

    /** The same for the same address each time, so that a second profile takes the place of the first. */
    private String id(String what) {
        return UUID.nameUUIDFromBytes((domain + " " + what).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
