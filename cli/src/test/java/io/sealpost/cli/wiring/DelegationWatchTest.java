package io.sealpost.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.account.Tenant;
import io.sealpost.account.jdbc.JdbcAccounts;
import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.fixtures.TestDns;
import io.sealpost.fixtures.TestZones;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ExternalDomain.State;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.keys.jdbc.JdbcDataKeys;
import io.sealpost.keys.jdbc.JdbcExternalDomains;
import io.sealpost.keys.jdbc.JdbcKeyAdministration;
import io.sealpost.keys.jdbc.JdbcKeys;
import io.sealpost.mail.MailDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node by itself proves what is published, activates its keys, and ends the signing of what is gone; a real DNS server shows both. */
class DelegationWatchTest {
    private static final MailDomain NAME = MailDomain.parse("shop.test");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MovableClock clock = MovableClock.at("2026-11-24T12:00:00Z");
    private final TestDns dns = TestDns.start(zones -> zones.zone("shop.test", "ns.test"));
    private TestDatabase database;
    private JdbcExternalDomains domains;
    private DelegationWatch watch;
    private ExternalDomain claim;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        database = TestDatabase.open(JdbcAccounts.MIGRATIONS, JdbcKeys.MIGRATIONS);
        MasterKey master = value(MasterKey.create(folder.resolve("master.key")));
        DataKeys dataKeys = value(new JdbcDataKeys(database.transactions(), clock).open(master));
        Settings settings = settings(folder);
        Changes changes = new Changes(database.transactions(), clock, "serve@test");
        Outwards outwards = new Outwards(settings);
        domains = new JdbcExternalDomains(changes, new Sealing(dataKeys), Administration.delegationSettings(settings));
        claim = value(domains.claim(Tenant.OPERATOR, NAME, MailDomain.parse("dkim.operator.test")));
        watch = new DelegationWatch(
                domains,
                new JdbcKeyAdministration(changes, new Sealing(dataKeys)),
                new DelegationObserver(outwards, clock),
                new KeyObserver(outwards, clock),
                Duration.ofMillis(50));
    }

    @AfterEach
    void close() {
        watch.close();
        dns.close();
        database.close();
    }

    private Settings settings(Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("sealpost.toml"), """
                hostname = "relay.operator.test"
                [[listener]]
                name = "submission"
                address = "127.0.0.1:0"
                [dns]
                servers = ["127.0.0.1:%d"]
                [delivery]
                allow_private_addresses = ["127.0.0.0/8"]
                """.formatted(dns.address().getPort()));
        LoadedSettings loaded = SettingsFile.load(file, Map.of());
        assertThat(loaded).isInstanceOf(LoadedSettings.Valid.class);
        return ((LoadedSettings.Valid) loaded).settings();
    }

    @Test
    void provesActivatesAndEnds() {
        publishAliases();
        watch.start();
        afterward(() -> state() == State.CLAIMED && looked());

        dns.change(
                zones -> zones.txt(claim.challenge().name(), claim.challenge().value()));
        afterward(() -> state() == State.PROVEN);
        assertThat(keys(KeyState.ACTIVE)).as("their records are not there yet").isZero();
        dns.change(zones -> domains.keys(claim)
                .forEach(key -> zones.txt(
                        claim.operatorRecord(key).name(),
                        claim.operatorRecord(key).value())));
        afterward(() -> keys(KeyState.ACTIVE) == 2);

        dns.change(zones -> zones.fault("SERVFAIL", claim.challenge().name()));
        clock.advance(Duration.ofDays(10));
        afterward(() -> domains.of(NAME)
                .get(0)
                .proof()
                .looked()
                .orElseThrow()
                .isAfter(clock.instant().minus(Duration.ofDays(1))));
        assertThat(state()).as("a server that fails says nothing").isEqualTo(State.PROVEN);

        dns.change(zones ->
                zones.heal(claim.challenge().name()).remove(claim.challenge().name()));
        afterward(() -> domains.of(NAME).get(0).proof().goneSince().isPresent());
        assertThat(state()).isEqualTo(State.PROVEN);
        clock.advance(Duration.ofDays(3));
        afterward(() -> state() == State.LAPSED);

        dns.change(
                zones -> zones.txt(claim.challenge().name(), claim.challenge().value()));
        afterward(() -> state() == State.PROVEN);
    }

    @Test
    void anAliasByWayOfAnotherCountsAndOneThatLeadsElsewhereDoesNot() {
        dns.change(zones -> {
            zones.txt(claim.challenge().name(), claim.challenge().value());
            aliases(zones, "r1", "r2", "e1");
            zones.cname(claim.alias("e2").name(), "elsewhere.test");
        });
        watch.start();
        afterward(this::looked);
        assertThat(state()).isEqualTo(State.CLAIMED);

        dns.change(zones -> zones.cname("elsewhere.test", claim.alias("e2").value()));
        afterward(() -> state() == State.PROVEN);
    }

    private void publishAliases() {
        dns.change(zones -> aliases(zones, "r1", "r2", "e1", "e2"));
    }

    private void aliases(TestZones zones, String... labels) {
        for (String label : labels) {
            zones.cname(claim.alias(label).name(), claim.alias(label).value());
        }
    }

    /** Lets the time of a look come, again and again, until it is so. */
    private void afterward(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(() -> {
            if (condition.call()) {
                return true;
            }
            clock.advance(Duration.ofMinutes(1));
            return false;
        });
    }

    private boolean looked() {
        return domains.of(NAME).get(0).proof().looked().isPresent();
    }

    private State state() {
        return domains.of(NAME).get(0).proof().state();
    }

    private long keys(KeyState state) {
        return domains.keys(claim).stream()
                .map(DkimKey::state)
                .filter(state::equals)
                .count();
    }

    private static <T> T value(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }
}
