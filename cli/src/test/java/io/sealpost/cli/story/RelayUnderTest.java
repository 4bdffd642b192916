package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.cli.wiring.Installation;
import io.sealpost.cli.wiring.Schema;
import io.sealpost.cli.wiring.Serving;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.MigrationSet;
import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.KeyRecords;
import io.sealpost.dkim.RawMessage;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MariaDbServer;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.PrivateMariaDb;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.ScriptedMx;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.fixtures.TestDns;
import io.sealpost.keys.Activation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueRow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A relay with its world: {@code office.test} sends, {@code shop.test} and {@code office.test} are received by {@link #mx()}. Made by the
 * composition root that production uses; settings can be added. Closed with all that belongs to it.
 */
final class RelayUnderTest implements AutoCloseable {
    /** For stories that send more than anybody's account would. */
    static final String NO_LIMITS = """
            [limits]
            account_messages = "0"
            account_recipients = "0"
            brake = "off"
            """;

    static final EmailAddress ANNA = EmailAddress.parse("anna@office.test");
    static final MailDomain OFFICE = MailDomain.parse("office.test");
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SigningKeys VERIFYING = SigningKeys.choose();
    private static final MigrationSet[] SETS = Schema.SETS.stream()
            .filter(set -> !set.equals(MigrationSet.DATABASE))
            .toArray(MigrationSet[]::new);

    private final Path folder;
    private final TestDatabase database;
    private final ScriptedMx mx;
    private final TestDns dns;
    private final Map<String, String> records = new HashMap<>();
    private final Settings settings;
    private Optional<Serving> serving = Optional.empty();
    private String appPassword = "";

    private RelayUnderTest(
            Path folder, String more, TestDatabase database, Function<TestDatabase, DatabaseSettings> way)
            throws IOException {
        this.folder = folder;
        this.database = database;
        this.mx = ScriptedMx.start("127.0.0.2", "127.0.0.3");
        this.dns = TestDns.start(zones -> zones.mx("shop.test", 10, "mx1.shop.test", "127.0.0.2")
                .mx("shop.test", 20, "mx2.shop.test", "127.0.0.3")
                .mx("office.test", 10, "mx.office.test", "127.0.0.2"));
        this.settings = read(more, way.apply(database));
        Installation.makeMasterKey(settings, line -> {});
        Installation.makeCertificate(settings);
    }

    /** A domain with both keys, an account and an app password, serving. */
    static RelayUnderTest start(Path folder) throws IOException {
        return start(folder, "");
    }

    /** The same with more lines of settings. */
    static RelayUnderTest start(Path folder, String more) throws IOException {
        return bare(folder, more, TestDatabase::settings).serveWithKeys();
    }

    /** The same on a database server that the test can stop; it must run when the relay is closed. */
    static RelayUnderTest startOn(PrivateMariaDb server, Path folder) throws IOException {
        return bare(folder, "", TestDatabase.on(server, SETS), TestDatabase::settings)
                .serveWithKeys();
    }

    /** As {@link #bare(Path, String, Function)} on a server of the test's own, which must run when the relay is closed. */
    static RelayUnderTest bareOn(MariaDbServer server, Path folder, String more) throws IOException {
        return bareOn(server, folder, more, TestDatabase::settings);
    }

    static RelayUnderTest bareOn(
            MariaDbServer server, Path folder, String more, Function<TestDatabase, DatabaseSettings> way)
            throws IOException {
        return bare(folder, more, TestDatabase.on(server, SETS), way);
    }

    private RelayUnderTest serveWithKeys() {
        addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
        serve();
        return this;
    }

    /** A domain without a key, an account, an app password; not serving yet. */
    static RelayUnderTest bare(Path folder, String more, Function<TestDatabase, DatabaseSettings> way)
            throws IOException {
        return bare(folder, more, TestDatabase.open(SETS), way);
    }

    /** A domain without a key, an account, an app password, on a database server that the test can kill; not serving. */
    static RelayUnderTest bareOn(PrivateMariaDb server, Path folder, String more) throws IOException {
        return bare(folder, more, TestDatabase.on(server, SETS), TestDatabase::settings);
    }

    private static RelayUnderTest bare(
            Path folder, String more, TestDatabase database, Function<TestDatabase, DatabaseSettings> way)
            throws IOException {
        RelayUnderTest relay = new RelayUnderTest(folder, more, database, way);
        relay.appPassword = relay.administer(administration -> {
            value(administration.keys().addDomain(1, OFFICE));
            value(administration.accounts().addAccount(1, ANNA, Optional.empty()));
            return value(administration.appPasswords().create(ANNA, "test"))
                    .password()
                    .reveal();
        });
        return relay;
    }

    private Settings read(String more, DatabaseSettings database) throws IOException {
        Path password = folder.resolve("database.password");
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, database.password().reveal());
        Path file = folder.resolve("sealpost.toml");
        Files.writeString(
                file,
                """
                hostname = "relay.office.test"
                [database]
                mode = "server"
                url = "%s"
                user = "%s"
                password_file = "database.password"
                [[listener]]
                name = "submission"
                address = "127.0.0.1:0"
                [dns]
                servers = ["127.0.0.1:%d"]
                [queue]
                retry = ["1s"]
                [delivery]
                port = %d
                allow_private_addresses = ["127.0.0.0/8"]
                connect_timeout = "2s"
                """.formatted(database.url(), database.user(), dns.address().getPort(), mx.port()) + more,
                StandardCharsets.UTF_8);
        LoadedSettings loaded = SettingsFile.load(file, Map.of());
        assertThat(loaded).isInstanceOf(LoadedSettings.Valid.class);
        return ((LoadedSettings.Valid) loaded).settings();
    }

    /** The name of its tables' schema. */
    String schema() {
        return database.settings().schema();
    }

    Path settingsFile() {
        return folder.resolve("sealpost.toml");
    }

    ScriptedMx mx() {
        return mx;
    }

    TestDns dns() {
        return dns;
    }

    String appPassword() {
        return appPassword;
    }

    TestDatabase database() {
        return database;
    }

    void serve() {
        serving = Optional.of(Serving.start(settings, line -> {}));
    }

    InetSocketAddress submission() {
        return serving.orElseThrow().addresses().get("submission");
    }

    <T> T administer(Function<Administration, T> work) {
        try (Administration administration = Administration.open(settings, "test", line -> {})) {
            return work.apply(administration);
        }
    }

    /** Makes, publishes and activates a key of each kind. */
    List<DkimKey> addKeys(KeyAlgorithm... kinds) {
        return administer(administration -> java.util.Arrays.stream(kinds)
                .map(kind -> {
                    DkimKey key = value(administration.keys().createKey(OFFICE, NewKey.of(kind)));
                    records.put(key.recordName(), key.dnsRecord().value());
                    dns.change(
                            zones -> zones.txt(key.recordName(), key.dnsRecord().value()));
                    assertThat(administration
                                    .keys()
                                    .activate(key.id(), administration.dns().forActivation(key)))
                            .isInstanceOf(Activation.Activated.class);
                    return key;
                })
                .toList());
    }

    /** A session that is logged in with the app password. */
    RawSmtpClient login() {
        return login(appPassword);
    }

    /** A session of Anna's that is logged in with this password. */
    RawSmtpClient login(String password) {
        return RawSmtpClient.connect(submission())
                .expect("220")
                .say("EHLO client.test", "250")
                .startTls()
                .say("EHLO client.test", "250")
                .authPlain(ANNA.toString(), password, "235 2.7.0");
    }

    /** Submits a mail from Anna that must be taken; returns its queue id. */
    String submit(String body, String... recipients) {
        try (RawSmtpClient client = login()) {
            client.say("MAIL FROM:<" + ANNA + ">", "250 2.1.0");
            for (String recipient : recipients) {
                client.say("RCPT TO:<" + recipient + ">", "250 2.1.5");
            }
            client.say("DATA", "354").send(mail(body)).send("\r\n.\r\n");
            String reply = client.reply().get(0);
            assertThat(reply).startsWith("250 2.0.0 Ok: queued as ");
            client.say("QUIT", "221");
            return reply.substring(reply.length() - 13);
        }
    }

    /** What an open session is told at the end of this mail of Anna's to the shop. */
    static String tried(RawSmtpClient client, String mail) {
        client.say("MAIL FROM:<" + ANNA + ">", "250")
                .say("RCPT TO:<shop@shop.test>", "250")
                .say("DATA", "354")
                .send(mail + "\r\n.\r\n");
        return client.reply().get(0);
    }

    /** A plain mail of Anna's, without its final CRLF. */
    static String mail(String body) {
        return "From: Anna <anna@office.test>\r\nTo: shop@shop.test\r\nSubject: An order\r\n"
                + "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@office.test>\r\n\r\n" + body;
    }

    MxMessage arrival() {
        return mx.awaitMessages(1, PATIENCE).get(0);
    }

    /** What waits. */
    List<QueueRow> queue() {
        return administer(administration -> administration.queue().list(QueueFilter.ALL, 10));
    }

    /** The kinds of a message's events so far, in order. */
    List<JournalEntry.Kind> events(String id) {
        return administer(administration -> administration
                .queue()
                .trace(QueueId.tryParse(id).orElseThrow())
                .stream()
                .map(JournalEntry::kind)
                .toList());
    }

    /** The key records published under this name. */
    List<String> published(String name) {
        return records.containsKey(name) ? List.of(records.get(name)) : List.of();
    }

    /** What our verifier says of each signature, by the records that were published. */
    List<Verdict.Kind> verdicts(byte[] message) {
        KeyRecords published = name -> new KeyRecords.Answer.Records(published(name));
        try {
            return new DkimVerifier(VERIFYING, published)
                    .verify(RawMessage.of(message), Instant.now()).stream()
                            .map(Verdict::kind)
                            .toList();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    static <T> T value(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    @Override
    public void close() {
        serving.ifPresent(Serving::close);
        dns.close();
        mx.close();
        database.close();
    }
}
