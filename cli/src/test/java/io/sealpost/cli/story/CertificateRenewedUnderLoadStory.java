package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.sandbox.SelfSignedCertificate;
import io.sealpost.sandbox.SelfSignedCertificate.KeyKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is put in the place of another while mail comes in; nobody says so to the relay. */
class CertificateRenewedUnderLoadStory {
    private static final int CLIENTS = 4;

    @TempDir
    private Path folder;

    @Test
    void noSessionIsLostAndNewOnesAreShownTheNewOne() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.start(folder, RelayUnderTest.NO_LIMITS);
                RawSmtpClient old = relay.login()) {
            X509Certificate before = old.certificate();
            AtomicBoolean renewed = new AtomicBoolean();
            AtomicInteger mails = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> submitUntil(relay, renewed, mails)));
            }
            await().until(() -> mails.get() >= CLIENTS);
            X509Certificate next = renew(relay);
            await().atMost(Duration.ofMinutes(1)).until(() -> shown(relay).equals(next));
            int atRenewal = mails.get();
            await().until(() -> mails.get() >= atRenewal + CLIENTS);
            renewed.set(true);
            for (Future<?> client : clients) {
                client.get(); // Throws what a client ran into.
            }
            threads.shutdown();

            assertThat(before).isNotEqualTo(next);
            assertThat(RelayUnderTest.tried(old, RelayUnderTest.mail("Still here\r\n")))
                    .as("a session from before")
                    .startsWith("250 ");
        }
    }

    /** One session after the other, two mails in each; every reply must be the right one. */
    private static Void submitUntil(RelayUnderTest relay, AtomicBoolean end, AtomicInteger mails) {
        while (!end.get()) {
            try (RawSmtpClient client = relay.login()) {
                for (int i = 0; i < 2; i++) {
                    assertThat(RelayUnderTest.tried(client, RelayUnderTest.mail("Hi\r\n")))
                            .startsWith("250 ");
                    mails.incrementAndGet();
                }
            }
        }
        return null;
    }

    private static X509Certificate shown(RelayUnderTest relay) {
        try (RawSmtpClient client = relay.login()) {
            return client.certificate();
        }
    }

    /** As a renewal does it: first the one file, then the other. */
    private static X509Certificate renew(RelayUnderTest relay) throws IOException {
        Settings settings = ((LoadedSettings.Valid) SettingsFile.load(relay.settingsFile(), Map.of())).settings();
        SelfSignedCertificate next =
                SelfSignedCertificate.create(settings.hostname().ascii(), KeyKind.EC_P256, Clock.systemUTC());
        Files.writeString(settings.tls().certificate(), next.certificatePem(), StandardCharsets.US_ASCII);
        Files.writeString(settings.tls().privateKey(), next.privateKeyPem().reveal(), StandardCharsets.US_ASCII);
        return next.certificate();
    }
}
