package io.sealpost.relay.signing;

import io.sealpost.keys.KeyLookup;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.SignedPrefix;

/** How {@link MessageSigning#sign} ended. */
public sealed interface SigningOutcome {
    /**
     * Signed with every active key of the domain.
     *
     * @param prefix DKIM fields and the trace field behind them
     */
    record Signed(SignedPrefix prefix) implements SigningOutcome {}

    /**
     * No key may sign for the domain now.
     *
     * @param domain the domain of From
     * @param cause why
     */
    record NoKey(MailDomain domain, KeyLookup.Cause cause) implements SigningOutcome {
        /** What is wrong and what to do, in one sentence. */
        public String sentence() {
            return switch (cause) {
                case UNKNOWN_DOMAIN -> "The domain " + domain + " is not set up here; run sealpost domain add";
                case NO_KEY -> "The domain " + domain + " has no DKIM key; run sealpost dkim create " + domain;
                case ONLY_PENDING ->
                    "The DKIM key of " + domain
                            + " waits for its DNS record; publish it, then run sealpost dkim activate " + domain;
                case ONLY_RETIRED ->
                    "The domain " + domain + " has no active DKIM key any more; run sealpost dkim create " + domain;
            };
        }
    }

    /**
     * The message itself cannot be signed.
     *
     * @param reason in plain words
     */
    record Unsignable(String reason) implements SigningOutcome {}
}
