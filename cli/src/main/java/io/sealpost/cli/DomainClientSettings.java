package io.sealpost.cli;

import io.sealpost.cli.clientsettings.ClientSettings;
import io.sealpost.cli.clientsettings.Mailbox;
import io.sealpost.cli.clientsettings.Submission;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.Settings.Listener;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.ZoneLine;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost domain client-settings}. */
@Command(
        name = "client-settings",
        description = {
            "Prints what the mail programs of a domain's people need: server, port, TLS; SRV records for its DNS; and the files by"
                    + " which programs set themselves up.",
            "It reads the settings file alone and publishes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost domain client-settings office.example",
            "  sealpost domain client-settings office.example --imap imap.example.net --format mozilla > config-v1.1.xml",
            "  sealpost domain client-settings office.example --imap imap.example.net --format apple --address anna@office.example",
            "  sealpost domain client-settings office.example --port submission=587 --port submissions=465"
        })
final class DomainClientSettings implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    @Parameters(paramLabel = "DOMAIN", description = "The domain.")
    private MailDomain domain;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description =
                    "The server's name for these people, as a certificate of yours has it; else the hostname of the settings.")
    private Optional<MailDomain> host = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "LISTENER=PORT",
            description =
                    "The port that the world sees, where it is another than the listener's own; may be given again.")
    private Map<String, Integer> ports = new LinkedHashMap<>();

    @Option(
            names = "--imap",
            paramLabel = "HOST[:PORT]",
            description =
                    "Where the mail is read, by IMAP inside TLS: Thunderbird, Outlook and Apple set up both at once.")
    private Optional<String> imap = Optional.empty();

    @Option(names = "--address", paramLabel = "ADDRESS", description = "apple: the mailbox that the profile is for.")
    private Optional<EmailAddress> address = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {
                "text: for people to read;",
                "records: the SRV records as lines of a zone file;",
                "mozilla: config-v1.1.xml;",
                "outlook: autodiscover.xml;",
                "apple: a .mobileconfig."
            })
    private Format format = Format.TEXT;

    @Mixin
    private JsonOption json;

    /** What is printed. */
    private enum Format {
        TEXT,
        RECORDS,
        MOZILLA,
        OUTLOOK,
        APPLE
    }

    DomainClientSettings(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ClientSettings settings = read(context.settings(config.file()));
        Console console = context.console();
        if (json.wanted()) {
            console.json(object(settings));
            return Sysexits.OK;
        }
        switch (format) {
            case TEXT -> text(console, settings);
            case RECORDS -> records(console, settings);
            case MOZILLA -> {
                if (settings.mailbox().isEmpty()) {
                    console.note("Thunderbird takes it only with an IMAP server in it: --imap");
                }
                console.print(settings.mozilla().stripTrailing());
            }
            case OUTLOOK -> console.print(settings.outlook().stripTrailing());
            case APPLE -> console.print(apple(settings).stripTrailing());
        }
        return Sysexits.OK;
    }

    private ClientSettings read(Settings settings) {
        ports.keySet().stream()
                .filter(name -> settings.listeners().stream()
                        .noneMatch(listener -> listener.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new Fault(Sysexits.USAGE, "there is no listener \"" + name + "\" in the settings");
                });
        List<Submission> submissions = settings.listeners().stream()
                .map(listener -> submission(settings, listener))
                .sorted(Comparator.comparing(Submission::tls))
                .toList();
        if (submissions.isEmpty()) {
            throw new Fault(Sysexits.CONFIG, "there is no [[listener]] in the settings");
        }
        try {
            return new ClientSettings(domain, submissions, imap.map(Mailbox::parse));
        } catch (IllegalArgumentException e) {
            throw new Fault(Sysexits.USAGE, e.getMessage());
        }
    }

    private Submission submission(Settings settings, Listener listener) {
        return new Submission(
                host.orElse(settings.hostname()),
                ports.getOrDefault(listener.name(), listener.address().getPort()),
                listener.tls() == Listener.TlsMode.IMPLICIT ? Submission.Tls.IMPLICIT : Submission.Tls.STARTTLS);
    }

    private String apple(ClientSettings settings) {
        String mailbox = address.orElseThrow(() ->
                        new Fault(Sysexits.USAGE, "an Apple profile is for one mailbox; give --address anna@" + domain))
                .toString();
        try {
            return settings.apple(mailbox);
        } catch (IllegalArgumentException e) {
            throw new Fault(Sysexits.USAGE, e.getMessage());
        }
    }

    private static void text(Console console, ClientSettings settings) {
        console.print("Outgoing mail (SMTP) of " + settings.domain());
        settings.submissions()
                .forEach(each -> console.print("  server %s  port %d  %s"
                        .formatted(each.host(), each.port(), each.tls().words())));
        console.print("  login with the whole address and an app password; \"normal password\", no OAuth");
        console.print("");
        console.print("; for the DNS of " + settings.domain() + " (RFC 6186, RFC 8314 §5.1)");
        records(console, settings);
        console.print("");
        console.print("Files by which programs set themselves up, to be served over HTTPS:");
        console.print("  --format mozilla  https://autoconfig." + settings.domain() + "/mail/config-v1.1.xml");
        console.print(
                "  --format outlook  https://autodiscover." + settings.domain() + "/autodiscover/autodiscover.xml");
        console.print("  --format apple    a .mobileconfig for one mailbox, opened on the device");
    }

    private static void records(Console console, ClientSettings settings) {
        settings.records().forEach(srv -> console.print(ZoneLine.of(srv.name(), "SRV", srv.value())));
    }

    private static Map<String, Object> object(ClientSettings settings) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("domain", settings.domain().ascii());
        object.put(
                "submission",
                settings.submissions().stream()
                        .map(each -> Map.of(
                                "host",
                                each.host().ascii(),
                                "port",
                                each.port(),
                                "tls",
                                each.tls().words()))
                        .toList());
        object.put(
                "records",
                settings.records().stream()
                        .map(srv -> Map.of("name", srv.name(), "type", "SRV", "value", srv.value()))
                        .toList());
        return object;
    }
}
