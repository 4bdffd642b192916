package io.sealpost.cli.wiring;

import io.sealpost.cli.wiring.RelaySettings.Ways;
import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.keys.SigningChoices;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.signing.DomainOptions;
import io.sealpost.relay.signing.SignatureProof;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** How a running relay signs: as each domain chose, and proved, by settings that may change meanwhile. Thread-safe. */
final class LiveSigning implements Function<MailDomain, SigningOptions> {
    private final Function<MailDomain, SigningChoices> choices;
    private final SignatureProof proof;
    private volatile Duration longestWait;

    /** {@code ways}: whom to ask for key records now. */
    LiveSigning(
            Function<MailDomain, SigningChoices> choices,
            SigningKeys keys,
            AtomicReference<Ways> ways,
            RelaySettings settings) {
        this.choices = choices;
        DkimVerifier verifier =
                new DkimVerifier(keys, name -> ShownRecords.of(ways.get().dns().txt(name)));
        this.proof = new SignatureProof(
                verifier, new Random(), settings.settings().signing().verify());
        this.longestWait = settings.longestWait();
    }

    void use(RelaySettings settings) {
        proof.use(settings.settings().signing().verify());
        longestWait = settings.longestWait();
    }

    SignatureProof proof() {
        return proof;
    }

    @Override
    public SigningOptions apply(MailDomain domain) {
        return DomainOptions.of(choices.apply(domain), longestWait);
    }
}
