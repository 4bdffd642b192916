package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.dkim.DkimSigner;
import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.Keys;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.keys.jdbc.JdbcKeyAdministration;
import io.sealpost.keys.jdbc.JdbcKeys;
import io.sealpost.keys.jdbc.JdbcSigningChoices;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.deliver.RemoteDelivery;
import io.sealpost.relay.deliver.SmtpDelivery;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.route.MxRouter;
import io.sealpost.relay.route.Router;
import io.sealpost.relay.signing.DomainOptions;
import io.sealpost.relay.signing.MessageSigning;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What one mail needs that is sent past the queue: keys, signer, verifier, router and SMTP client, as {@code serve} has them. */
public final class DirectSending implements AutoCloseable {
    private final Store store;
    private final Keys keys;
    private final JdbcKeyAdministration administration;
    private final MessageSigning signing;
    private final DkimVerifier verifier;
    private final MxRouter router;
    private final SmtpDelivery delivery;

    private DirectSending(Settings settings, Store store) {
        this.store = store;
        Clock clock = store.clock();
        Sealing sealing = new Sealing(Administration.openDataKeys(settings, store));
        SigningKeys signingKeys = SigningKeys.choose();
        // Never started, so never trusted: each look-up reads the database.
        ChangeFeedReader feed = new ChangeFeedReader(store.transactions(), clock, System::nanoTime);
        this.keys = new JdbcKeys(
                store.transactions(), sealing, RelayAssembly.parser(signingKeys), feed, CacheBounds.DEFAULT);
        this.administration = new JdbcKeyAdministration(new Changes(store.transactions(), clock, ""), sealing);
        JdbcSigningChoices choices = new JdbcSigningChoices(store.transactions(), feed, CacheBounds.DEFAULT);
        Duration longestWait = RelaySettings.longestWait(settings);
        this.signing = new MessageSigning(
                keys,
                new DkimSigner(signingKeys),
                domain -> DomainOptions.of(choices.apply(domain), longestWait),
                Optional.empty(), // Who sends a test verifies what arrived.
                clock);
        Outwards outwards = new Outwards(settings);
        DnsLookups dns = outwards.dns(clock);
        this.verifier = new DkimVerifier(signingKeys, name -> ShownRecords.of(dns.txt(name)));
        this.router = outwards.router(dns);
        this.delivery = outwards.delivery();
    }

    /** Opens the store of the settings; a {@link io.sealpost.cli.console.Fault} when something is not as it must be. */
    public static DirectSending open(Settings settings, Consumer<String> progress) {
        Store store = Store.open(settings, progress);
        try {
            return new DirectSending(settings, store);
        } catch (RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    /** Who holds a domain; empty when nobody does. */
    public Optional<HeldDomain> domain(MailDomain name) {
        return administration.domain(name);
    }

    /** The keys that sign for a domain now. */
    public KeyLookup keysOf(HeldDomain domain) {
        return keys.activeFor(domain.tenant(), domain.name());
    }

    /** Signs as a submission is signed. */
    public MessageSigning signing() {
        return signing;
    }

    /** Verifies against the DNS. */
    public DkimVerifier verifier() {
        return verifier;
    }

    /** Routes by MX. */
    public Router router() {
        return router;
    }

    /** Delivers by SMTP. */
    public RemoteDelivery delivery() {
        return delivery;
    }

    /** The database's time. */
    public Clock clock() {
        return store.clock();
    }

    @Override
    public void close() {
        delivery.close();
        store.close();
    }
}
