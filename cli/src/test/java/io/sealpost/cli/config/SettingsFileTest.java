package io.sealpost.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.config.Settings.Delivery.PrivateAddresses;
import io.sealpost.cli.config.Settings.Listener.BareLf;
import io.sealpost.cli.config.Settings.Listener.Lines;
import io.sealpost.cli.config.Settings.Listener.LongLines;
import io.sealpost.cli.config.Settings.Listener.TlsMode;
import io.sealpost.mail.DataSize;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Rate;
import io.sealpost.mail.Share;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("AddressSelection") // Numeric addresses only: nothing is looked up.
class SettingsFileTest {
    private static final String LEAST = "hostname = \"relay.example.net\"\n";

    @TempDir
    private Path folder;

    @Test
    void takesTheDefaultsForAllThatIsNotGiven() throws IOException {
        Settings settings = valid(LEAST);

        assertThat(settings.hostname()).isEqualTo(MailDomain.parse("relay.example.net"));
        assertThat(settings.stateDir()).isEqualTo(folder.resolve("var"));
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.log()).isEqualTo(new Settings.Log(Settings.Log.Format.TEXT, "info"));
        assertThat(settings.database())
                .isEqualTo(new Settings.Database.Embedded(folder.resolve("var/db"), Optional.empty()));
        assertThat(settings.masterKeyFile()).isEqualTo(folder.resolve("var/master.key"));
        assertThat(settings.externalKeys()).isEqualTo(new Settings.ExternalKeys(Optional.empty(), Duration.ofDays(3)));
        assertThat(settings.tls().certificate()).isEqualTo(folder.resolve("var/tls/fullchain.pem"));
        assertThat(settings.tls().privateKey()).isEqualTo(folder.resolve("var/tls/privkey.pem"));
        assertThat(settings.listeners()).isEmpty();
        assertThat(settings.smtp().maxMessageSize()).isEqualTo(DataSize.parse("50M"));
        assertThat(settings.smtp().maxRecipients()).isEqualTo(1000);
        assertThat(settings.limits().sending().account().messages()).containsExactly(Rate.parse("500/h"));
        assertThat(settings.limits().sending().account().recipients()).containsExactly(Rate.parse("2000/d"));
        assertThat(settings.limits().sending().tenant().messages()).isEmpty();
        assertThat(settings.limits().brake().mode()).isEqualTo("hold");
        assertThat(settings.limits().loginBrake()).isEqualTo("on");
        assertThat(settings.dns().servers()).isEmpty();
        assertThat(settings.dns().validation()).isEqualTo("auto");
        assertThat(settings.signing()).isEqualTo(new Settings.Signing(Settings.Signing.WithoutKey.REFUSE, Share.NONE));
        assertThat(settings.queue().retry())
                .hasSize(8)
                .startsWith(Duration.ofMinutes(1))
                .endsWith(Duration.ofHours(4));
        assertThat(settings.queue().expire()).isEqualTo(Duration.ofDays(5));
        assertThat(settings.queue().bounceExpire()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.queue().delayNotice()).containsExactly(Duration.ofHours(4), Duration.ofHours(48));
        assertThat(settings.queue().nodeDeadAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.bounceDomain()).isEqualTo(settings.hostname());
        assertThat(settings.delivery().port()).isEqualTo(25);
        assertThat(settings.delivery().siteBackoffMax()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.delivery().timeouts())
                .isEqualTo(new Settings.Delivery.Timeouts(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(10)));
        assertThat(settings.delivery().privateAddresses()).isEqualTo(new PrivateAddresses.None());
    }

    @Test
    void readsEverySetting() throws IOException {
        Settings settings = valid("""
                hostname = "relay.example.net"
                state_dir = "/srv/state"
                drain_timeout = "2m"
                [database]
                mode = "server"
                url = "jdbc:mariadb://db.example.net/sealpost"
                user = "serving"
                password_file = "/run/secrets/serving"
                migrate_user = "migrating"
                migrate_password_file = "migrating.pw"
                [keys]
                master_key_file = "/etc/sealpost/master.key"
                operator_zone = "dkim.example.net"
                delegation_grace = "12h"
                [tls]
                certificate = "c.pem"
                private_key = "k.pem"
                [[listener]]
                name = "submission"
                address = "127.0.0.1:2587"
                tls = "starttls"
                bare_lf = "refuse"
                long_lines = "refuse"
                proxy_from = ["10.0.0.0/24", "fd00::1"]
                [[listener]]
                name = "submissions"
                address = "[::1]:2465"
                tls = "implicit"
                legacy = false
                [smtp]
                max_message_size = "25M"
                max_recipients = 100
                max_header_size = "64K"
                max_hops = 30
                max_command_line = 1024
                max_auth_line = 4096
                max_faults = 5
                max_login_failures = 2
                max_mails = 50
                max_connections = 40
                max_connections_per_address = 30
                max_connections_per_account = 20
                body_memory = "8M"
                body_in_memory = "64K"
                handshake_timeout = "1s"
                login_timeout = "2s"
                command_timeout = "3s"
                data_block_timeout = "4s"
                data_timeout = "5s"
                session_timeout = "6s"
                write_timeout = "7s"
                received_client_address = false
                [limits]
                account_messages = ["500/h", "3000/d"]
                account_recipients = "0"
                domain_messages = "1/s"
                brake = "warn"
                login_brake = "off"
                [dns]
                servers = ["127.0.0.1:5353", "[::1]:53"]
                validation = "off"
                [signing]
                without_key = "hold"
                verify = "5%"
                [queue]
                retry = ["1s", "2s"]
                expire = "10s"
                bounce_expire = "5s"
                delay_notice = []
                node_dead_after = "10s"
                [retention]
                journal = "7d"
                audit = "90d"
                [bounce]
                domain = "bounce.example.net"
                [delivery]
                port = 2525
                connect_timeout = "1s"
                greeting_timeout = "2s"
                mail_timeout = "3s"
                rcpt_timeout = "4s"
                data_timeout = "5s"
                data_block_timeout = "6s"
                data_end_timeout = "7s"
                site_backoff_max = "8s"
                ca_file = "ca.pem"
                allow_private_addresses = ["127.0.0.0/8", "fd00::/8"]
                [log]
                format = "json"
                level = "debug"
                """);

        assertThat(settings.stateDir()).isEqualTo(Path.of("/srv/state"));
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.log()).isEqualTo(new Settings.Log(Settings.Log.Format.JSON, "debug"));
        assertThat(settings.externalKeys())
                .isEqualTo(new Settings.ExternalKeys(
                        Optional.of(MailDomain.parse("dkim.example.net")), Duration.ofHours(12)));
        assertThat(settings.database())
                .isEqualTo(new Settings.Database.Server(
                        "jdbc:mariadb://db.example.net/sealpost",
                        new Settings.Database.Login("serving", Optional.of(Path.of("/run/secrets/serving"))),
                        new Settings.Database.Login("migrating", Optional.of(folder.resolve("migrating.pw")))));
        assertThat(settings.listeners())
                .containsExactly(
                        new Settings.Listener(
                                "submission",
                                new InetSocketAddress("127.0.0.1", 2587),
                                TlsMode.STARTTLS,
                                new Lines(BareLf.REFUSE, LongLines.REFUSE),
                                List.of("10.0.0.0/24", "fd00::1"),
                                Optional.empty()),
                        new Settings.Listener(
                                "submissions",
                                new InetSocketAddress("::1", 2465),
                                TlsMode.IMPLICIT,
                                new Lines(BareLf.NORMALIZE, LongLines.PASS)));
        assertThat(settings.smtp())
                .isEqualTo(new SmtpSettings(
                        new SmtpSettings.Message(DataSize.parse("25M"), 100, DataSize.parse("64K"), 30),
                        new SmtpSettings.Session(1024, 4096, 5, 2, 50),
                        new SmtpSettings.Connections(40, 30, 20),
                        new SmtpSettings.Bodies(DataSize.parse("8M"), DataSize.parse("64K")),
                        new SmtpSettings.Timeouts(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(7)),
                        SmtpSettings.ClientAddressInReceived.HIDDEN));
        assertThat(settings.limits().sending().account().messages()).hasSize(2);
        assertThat(settings.limits().sending().account().recipients()).isEmpty();
        assertThat(settings.dns().servers())
                .containsExactly(new InetSocketAddress("127.0.0.1", 5353), new InetSocketAddress("::1", 53));
        assertThat(settings.signing())
                .isEqualTo(new Settings.Signing(Settings.Signing.WithoutKey.HOLD, new Share(0.05)));
        assertThat(settings.queue().retry()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(settings.queue().delayNotice()).isEmpty();
        assertThat(settings.queue().nodeDeadAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.retention()).isEqualTo(new Settings.Retention(Duration.ofDays(7), Duration.ofDays(90)));
        assertThat(settings.bounceDomain()).isEqualTo(MailDomain.parse("bounce.example.net"));
        assertThat(settings.delivery().timeouts().dataEnd()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.delivery().caFile()).contains(folder.resolve("ca.pem"));
        assertThat(settings.delivery().privateAddresses())
                .isEqualTo(new PrivateAddresses.Listed(List.of("127.0.0.0/8", "fd00::/8")));
    }

    @Test
    void aPrivateDatabasesMemoryIsASizeOrLeftToTheMachine() throws IOException {
        String text = "hostname = \"relay.example.net\"\n[database]\nbuffer_pool = \"%s\"\n";

        assertThat(valid(text.formatted("1G")).database())
                .isEqualTo(new Settings.Database.Embedded(folder.resolve("var/db"), Optional.of(DataSize.parse("1G"))));
        assertThat(valid(text.formatted("auto")).database())
                .isEqualTo(new Settings.Database.Embedded(folder.resolve("var/db"), Optional.empty()));
        assertThat(invalid(text.formatted("63M")))
                .extracting(Problem::toString)
                .containsExactly("line 3: database.buffer_pool: \"63M\" is not auto, or a size of 64M or more");
    }

    @Test
    void reportsAllFaultsTogetherEachWithItsLine() throws IOException {
        List<Problem> problems = invalid("""
                hostname = "not a name"
                colour = "red"
                [smtp]
                max_message_size = "huge"
                max_recipient = 10
                [queue]
                node_dead_after = "9s"
                [[listener]]
                name = "a"
                address = "localhost:2587"
                [[listener]]
                name = "a"
                address = "127.0.0.1:99999"
                speed = 3
                """);

        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "line 1: hostname: \"not a name\" is not a domain name",
                        "line 2: unknown setting colour",
                        "line 4: smtp.max_message_size: \"huge\" is not a size; write a number of bytes, or one with K, M or G, as 50M",
                        "line 5: unknown setting smtp.max_recipient; did you mean smtp.max_recipients?",
                        "line 7: queue.node_dead_after: \"9s\" is not a time of 10s or more",
                        "line 10: listener.address: \"localhost:2587\" is not an address and a port, as 127.0.0.1:2587 or [::]:465",
                        "line 12: listener.name: there is another listener \"a\"",
                        "line 13: listener.address: \"99999\" is not a number from 0 to 65535",
                        "line 14: unknown setting listener.speed");
    }

    @Test
    void namesTheLineOfWhatIsNoToml() throws IOException {
        assertThat(invalid("hostname = \"a.example\"\n[smtp\n")).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.sentence()).startsWith("not TOML: ");
        });
    }

    @Test
    void saysThatTheHostnameIsMissing() throws IOException {
        assertThat(invalid(""))
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence()).startsWith("hostname is missing"));
    }

    @Test
    void letsTheEnvironmentOverrideTheFile() throws IOException {
        LoadedSettings loaded = load(
                LEAST + "[smtp]\nmax_message_size = \"10M\"\n",
                Map.of("SEALPOST_SMTP_MAX_MESSAGE_SIZE", "25M", "SEALPOST_HOSTNAME", "other.example"));

        Settings settings = ((LoadedSettings.Valid) loaded).settings();
        assertThat(settings.smtp().maxMessageSize()).isEqualTo(DataSize.parse("25M"));
        assertThat(settings.hostname()).isEqualTo(MailDomain.parse("other.example"));
    }

    @Test
    void aListenerForOldDevicesHasALastDay() throws IOException {
        String old = LEAST + "[[listener]]\nname = \"old\"\naddress = \"127.0.0.1:2025\"\nlegacy = true\n";
        assertThat(valid(old + "until = \"2026-12-31\"\n").listeners().get(0).legacy())
                .contains(new Settings.Listener.Legacy(
                        LocalDate.of(2026, 12, 31),
                        Settings.Listener.ClearText.REFUSED,
                        Settings.Listener.Logins.BOUND));
        assertThat(valid(old + "until = \"2026-12-31\"\nclear_text = true\nany_credential = true\n")
                        .listeners()
                        .get(0)
                        .legacy())
                .contains(new Settings.Listener.Legacy(
                        LocalDate.of(2026, 12, 31), Settings.Listener.ClearText.TAKEN, Settings.Listener.Logins.ANY));
        assertThat(invalid(old)).singleElement().asString().contains("line 3: listener.until is missing");
        assertThat(invalid(old + "until = \"soon\"\n")).asString().contains("\"soon\" is not a day, as 2026-12-31");
        assertThat(invalid(old + "until = \"2026-12-31\"\ntls = \"implicit\"\nclear_text = true\n"))
                .singleElement()
                .asString()
                .contains("there is no clear text where TLS begins with the first byte");
    }

    @Test
    void aModernListenerTakesNothingOfOldDevices() throws IOException {
        assertThat(invalid(LEAST + "[[listener]]\nname = \"a\"\naddress = \"127.0.0.1:2025\"\nclear_text = true\n"))
                .singleElement()
                .asString()
                .contains("listener.legacy: until, clear_text and any_credential are for legacy = true only");
    }

    private Settings valid(String toml) throws IOException {
        LoadedSettings loaded = load(toml, Map.of());
        assertThat(loaded).isInstanceOf(LoadedSettings.Valid.class);
        return ((LoadedSettings.Valid) loaded).settings();
    }

    private List<Problem> invalid(String toml) throws IOException {
        LoadedSettings loaded = load(toml, Map.of());
        assertThat(loaded).isInstanceOf(LoadedSettings.Invalid.class);
        return ((LoadedSettings.Invalid) loaded).problems();
    }

    private LoadedSettings load(String toml, Map<String, String> environment) throws IOException {
        return SettingsFile.load(Files.writeString(folder.resolve("sealpost.toml"), toml), environment);
    }

    @Test
    void pairsOfCertificatesStandAsOftenAsThereAre() throws IOException {
        Settings settings = valid(LEAST + """
                [tls]
                certificate = "a/chain.pem"
                private_key = "a/key.pem"
                [[tls.pair]]
                certificate = "b/chain.pem"
                private_key = "/etc/b/key.pem"
                [[tls.pair]]
                certificate = "c/chain.pem"
                private_key = "c/key.pem"
                """);
        assertThat(settings.tls().pairs())
                .extracting(pair -> pair.certificate().getFileName() + " "
                        + pair.privateKey().getParent().getFileName())
                .containsExactly("chain.pem a", "chain.pem b", "chain.pem c");
        assertThat(settings.tls().pairs().get(1).privateKey()).isEqualTo(Path.of("/etc/b/key.pem"));
    }

    @Test
    void halfAPairIsAProblemWithItsLine() throws IOException {
        assertThat(invalid(LEAST + "[[tls.pair]]\ncertificate = \"b/chain.pem\"\nkey = \"x\"\n"))
                .extracting(Problem::toString)
                .containsExactly(
                        "line 3: tls.pair.private_key is missing: PEM: its key",
                        "line 4: unknown setting tls.pair.key");
    }
}
