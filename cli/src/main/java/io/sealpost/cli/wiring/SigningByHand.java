package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.dkim.DkimSigner;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.Keys;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.jdbc.JdbcKeys;
import io.sealpost.keys.jdbc.JdbcSigningChoices;
import io.sealpost.relay.bounce.Notices;
import io.sealpost.relay.signing.DomainOptions;
import io.sealpost.relay.signing.MessageSigning;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Notices that a command makes and signs, as {@code serve} does. */
final class SigningByHand {
    private SigningByHand() {}

    static Notices notices(Settings settings, Store store, DataKeys dataKeys, LongSupplier ids) {
        SigningKeys signingKeys = SigningKeys.choose();
        // Never started, so never trusted: each look-up reads the database.
        ChangeFeedReader feed = new ChangeFeedReader(store.transactions(), store.clock(), System::nanoTime);
        Keys keys = new JdbcKeys(
                store.transactions(),
                new Sealing(dataKeys),
                RelayAssembly.parser(signingKeys),
                feed,
                CacheBounds.DEFAULT);
        JdbcSigningChoices choices = new JdbcSigningChoices(store.transactions(), feed, CacheBounds.DEFAULT);
        Duration longestWait = RelaySettings.longestWait(settings);
        MessageSigning signing = new MessageSigning(
                keys,
                new DkimSigner(signingKeys),
                domain -> DomainOptions.of(choices.apply(domain), longestWait),
                Optional.empty(), // The node that delivers it looks at the DNS.
                store.clock());
        RelaySettings parts = new RelaySettings(settings, store.clock(), Duration.ofMinutes(1));
        return new Notices(signing, keys, ids, store.clock(), parts.notices());
    }
}
