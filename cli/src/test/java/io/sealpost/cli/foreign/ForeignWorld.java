package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.console.ZoneLine;
import io.sealpost.cli.story.ServeProcess;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.cli.wiring.Installation;
import io.sealpost.fixtures.Loopback;
import io.sealpost.keys.Activation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import io.sealpost.sandbox.ReceivedMail;
import io.sealpost.sandbox.Sandbox;
import io.sealpost.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * {@code serve} as a process on a private MariaDB, and a sandbox around it: {@link #ANNA} of {@code office.test} sends with both keys
 * active, {@code sandbox.test} receives.
 */
final class ForeignWorld implements AutoCloseable {
    static final EmailAddress ANNA = EmailAddress.parse("anna@office.test");
    private static final MailDomain OFFICE = MailDomain.parse("office.test");
    private static final Secret MAIN_PASSWORD = new Secret("otter-rows-9-quiet-Mauve");
    /** Not 127.0.0.1 or 127.0.0.53, where a resolver of the machine's may listen. */
    private static final String DNS_ADDRESS = "127.53.0.53";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SETTINGS = """
            hostname = "relay.office.test"
            [[listener]]
            name = "submission"
            address = "127.0.0.1:%d"
            [[listener]]
            name = "submissions"
            address = "127.0.0.1:%d"
            tls = "implicit"
            [limits]
            account_messages = "0"
            account_recipients = "0"
            brake = "off"
            login_brake = "off"
            [dns]
            servers = ["%s:%d"]
            [delivery]
            port = %d
            allow_private_addresses = ["127.0.0.0/8"]
            """;

    private final Sandbox sandbox;
    private final int submission = Loopback.freePort();
    private final int submissions = Loopback.freePort();
    private final List<ReceivedMail> received = new CopyOnWriteArrayList<>();
    private final Map<String, String> records = new HashMap<>();
    private final Settings settings;
    private final Secret appPassword;
    private final ServeProcess serve;

    /** The two ways to submit. */
    enum Port {
        STARTTLS,
        IMPLICIT
    }

    /** What a client logs in with. */
    enum Password {
        MAIN,
        APP,
        WRONG
    }

    private ForeignWorld(Path folder, InetSocketAddress dns) throws IOException {
        SandboxSettings usual = SandboxSettings.in(folder.resolve("sandbox"));
        sandbox = Sandbox.start(
                new SandboxSettings(dns, usual.receivers(), 0, usual.zoneFile(), usual.received()), Clock.systemUTC());
        sandbox.receiver().onReceived(received::add);
        try {
            settings = settings(folder.resolve("sealpost.toml"));
            Installation.makeMasterKey(settings, line -> {});
            Installation.makeCertificate(settings);
            try (Administration administration = Administration.open(settings, "test", line -> {})) {
                value(administration.keys().addDomain(1, OFFICE));
                publishKeys(administration);
                value(administration.accounts().addAccount(1, ANNA, Optional.of(MAIN_PASSWORD)));
                appPassword = value(administration.appPasswords().create(ANNA, "foreign"))
                        .password();
            }
            serve = ServeProcess.start(folder.resolve("sealpost.toml"), submission);
        } catch (IOException | RuntimeException | Error e) {
            sandbox.close();
            throw e;
        }
    }

    /** Unpacks what is not unpacked yet, and starts all of it. */
    static ForeignWorld start(Path folder) throws Exception {
        ForeignProgram.unpacked();
        InetSocketAddress dns = Loopback.socket(DNS_ADDRESS, Verifier.OPENDKIM.isLeftOut() ? 0 : 53);
        try {
            return new ForeignWorld(folder, dns);
        } catch (BindException e) {
            throw new IllegalStateException(
                    "OpenDKIM asks port 53 only, and " + dns
                            + " cannot be had; -Dsealpost.foreign.skip=opendkim leaves it out",
                    e);
        }
    }

    private Settings settings(Path file) throws IOException {
        InetSocketAddress dns = dns();
        Files.writeString(
                file,
                SETTINGS.formatted(
                        submission,
                        submissions,
                        dns.getAddress().getHostAddress(),
                        dns.getPort(),
                        sandbox.receiver().port()));
        LoadedSettings loaded = SettingsFile.load(file, Map.of());
        assertThat(loaded).isInstanceOf(LoadedSettings.Valid.class);
        return ((LoadedSettings.Valid) loaded).settings();
    }

    private void publishKeys(Administration administration) throws IOException {
        for (KeyAlgorithm kind : List.of(KeyAlgorithm.RSA, KeyAlgorithm.ED25519)) {
            DkimKey key = value(administration.keys().createKey(OFFICE, NewKey.of(kind)));
            DnsRecord record = key.dnsRecord();
            records.put(record.name(), record.value());
            Files.writeString(
                    sandbox.settings().zoneFile(),
                    ZoneLine.of(record.name(), record.type(), record.value()) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
            assertThat(administration
                            .keys()
                            .activate(key.id(), administration.dns().forActivation(key)))
                    .isInstanceOf(Activation.Activated.class);
        }
    }

    private static <T> T value(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    int port(Port port) {
        return port == Port.STARTTLS ? submission : submissions;
    }

    String password(Password kind) {
        return switch (kind) {
            case MAIN -> MAIN_PASSWORD.reveal();
            case APP -> appPassword.reveal();
            case WRONG -> "not-her-password-at-all";
        };
    }

    /** What the relay shows in the TLS handshake. */
    Path certificate() {
        return settings.tls().certificate();
    }

    InetSocketAddress dns() {
        return sandbox.dns().address();
    }

    /** The key records published under this name. */
    List<String> published(String name) {
        return Optional.ofNullable(records.get(name)).stream().toList();
    }

    /** All that came so far, in order. */
    List<ReceivedMail> received() {
        return List.copyOf(received);
    }

    /** The one mail for this recipient, when it has come. */
    byte[] arrival(String recipient) throws IOException {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> !arrivals(recipient).isEmpty());
        assertThat(arrivals(recipient)).hasSize(1);
        return Files.readAllBytes(arrivals(recipient).get(0).file());
    }

    private List<ReceivedMail> arrivals(String recipient) {
        return received.stream()
                .filter(mail -> mail.rcptTo().contains(recipient))
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        try {
            serve.close();
        } finally {
            sandbox.close();
        }
    }
}
