package io.sealpost.cli.doctor;

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
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.ScriptedMx;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.fixtures.TestDns;
import io.sealpost.keys.Activation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Outcome;
import io.sealpost.mail.MailDomain;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A relay in good health, for tests to spoil: files, database, DNS, a mail host, and 192.0.2.7 as the address that mail comes from. Not
 * thread-safe.
 */
final class Ward implements AutoCloseable {
    static final MailDomain OFFICE = MailDomain.parse("office.test");
    static final MailDomain SHOP = MailDomain.parse("shop.test");
    static final String SOURCE = "192.0.2.7";
    private static final MigrationSet[] SETS = Schema.SETS.stream()
            .filter(set -> !set.equals(MigrationSet.DATABASE))
            .toArray(MigrationSet[]::new);

    private final Path folder;
    private final TestDatabase database;
    private final TestDns dns;
    private final ScriptedMx mx;
    private final int submission = Loopback.freePort();
    private final int submissions = Loopback.freePort();
    private List<InetAddress> sources = List.of(address(SOURCE));
    private Optional<MailDomain> probe = Optional.of(SHOP);
    private Clock clock = Clock.systemUTC();

    private Ward(Path folder, TestDatabase database) {
        this.folder = folder;
        this.database = database;
        this.mx = ScriptedMx.start("127.0.0.2", "127.0.0.3");
        this.dns = TestDns.start(zones -> zones.mx("shop.test", 10, "mx1.shop.test", "127.0.0.2")
                .mx("shop.test", 20, "mx2.shop.test", "127.0.0.3")
                .address("relay.office.test", SOURCE)
                .record("7.2.0.192.in-addr.arpa", "PTR", "relay.office.test."));
    }

    /** The tables that it needs. */
    static TestDatabase tables() {
        return TestDatabase.with(SETS);
    }

    /** With settings, master key and a chain for {@code *.office.test}; no domain yet. What the database held is gone. */
    static Ward open(Path folder, TestDatabase database) throws IOException {
        database.clear();
        Ward ward = new Ward(folder, database);
        ward.write("");
        Installation.makeMasterKey(ward.settings(), line -> {});
        ward.certify("chain.pem");
        return ward;
    }

    /** Installs a certificate of the tests' resources. */
    void certify(String chain) throws IOException {
        Settings.Tls tls = settings().tls();
        Files.createDirectories(tls.certificate().getParent());
        Files.write(tls.certificate(), resource(chain));
        Files.write(tls.privateKey(), resource("key.pem"));
        Files.setPosixFilePermissions(tls.privateKey(), PosixFilePermissions.fromString("rw-------"));
    }

    /** Makes a self-signed one, as init does. */
    void certifyBySelf() throws IOException {
        Files.delete(settings().tls().certificate());
        Files.delete(settings().tls().privateKey());
        Installation.makeCertificate(settings());
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Ward.class.getResourceAsStream("/doctor/" + name)) {
            return in.readAllBytes();
        }
    }

    /** The settings file with more lines. */
    void write(String more) throws IOException {
        write(database.settings(), more);
    }

    void write(DatabaseSettings at, String more) throws IOException {
        Files.writeString(folder.resolve("database.password"), at.password().reveal());
        Files.writeString(
                file(),
                """
                hostname = "relay.office.test"
                [database]
                mode = "server"
                url = "%s"
                user = "%s"
                password_file = "database.password"
                [[listener]]
                name = "submission"
                address = "127.0.0.1:%d"
                [[listener]]
                name = "submissions"
                address = "127.0.0.1:%d"
                tls = "implicit"
                [dns]
                servers = ["127.0.0.1:%d"]
                [delivery]
                port = %d
                allow_private_addresses = ["127.0.0.0/8"]
                """.formatted(
                                        at.url(),
                                        at.user(),
                                        submission,
                                        submissions,
                                        dns.address().getPort(),
                                        mx.port())
                        + more,
                StandardCharsets.UTF_8);
    }

    /** Replaces text in the settings file. */
    void edit(String text, String by) throws IOException {
        Files.writeString(
                file(), Files.readString(file(), StandardCharsets.UTF_8).replace(text, by));
    }

    Path file() {
        return folder.resolve("sealpost.toml");
    }

    Path folder() {
        return folder;
    }

    LoadedSettings loaded() throws IOException {
        return SettingsFile.load(file(), Map.of());
    }

    Settings settings() throws IOException {
        assertThat(loaded()).isInstanceOf(LoadedSettings.Valid.class);
        return ((LoadedSettings.Valid) loaded()).settings();
    }

    TestDatabase database() {
        return database;
    }

    TestDns dns() {
        return dns;
    }

    ScriptedMx mx() {
        return mx;
    }

    int submission() {
        return submission;
    }

    Ward comesFrom(String... addresses) {
        sources = Stream.of(addresses).map(Ward::address).toList();
        return this;
    }

    Ward probing(Optional<MailDomain> domain) {
        probe = domain;
        return this;
    }

    Ward at(Clock other) {
        clock = other;
        return this;
    }

    Serving serve() throws IOException {
        return Serving.start(settings(), line -> {});
    }

    Patient patient(Settings settings) {
        return new Patient(settings, new Patient.World(clock, probe, () -> sources), line -> {});
    }

    /** What one check finds. */
    List<Finding> look(Check check) throws Exception {
        try (Patient patient = patient(settings())) {
            return check.look(patient);
        }
    }

    /** Its only finding, which must be of this level. */
    String only(Level level, Check check) throws Exception {
        List<Finding> findings = look(check);
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).level()).as(findings.toString()).isEqualTo(level);
        return findings.get(0).sentence() + " -> " + findings.get(0).remedy();
    }

    <T> T administer(Function<Administration, T> work) throws IOException {
        try (Administration administration = Administration.open(settings(), "test", line -> {})) {
            return work.apply(administration);
        }
    }

    void hold(MailDomain domain) throws IOException {
        administer(administration -> value(administration.keys().addDomain(1, domain)));
    }

    /** A pending key without a record. */
    DkimKey create(MailDomain domain, NewKey wanted) throws IOException {
        return administer(administration -> value(administration.keys().createKey(domain, wanted)));
    }

    /** A key that is published and signs. */
    DkimKey activate(MailDomain domain, NewKey wanted) throws IOException {
        DkimKey key = create(domain, wanted);
        publish(key);
        Activation activation = administer(administration ->
                administration.keys().activate(key.id(), administration.dns().forActivation(key)));
        assertThat(activation).isInstanceOf(Activation.Activated.class);
        return key;
    }

    void publish(DkimKey key) {
        dns.change(zones -> zones.txt(key.recordName(), key.dnsRecord().value()));
    }

    static <T> T value(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    @Override
    public void close() {
        dns.close();
        mx.close();
    }
}
