package io.sealpost.relay.signing;

import io.sealpost.dkim.Verdict;
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

    /** There are no DKIM fields that may go out. */
    sealed interface Unsigned extends SigningOutcome {
        /** What is wrong and, where something can be done, what: one sentence for whoever sent or keeps the message. */
        String sentence();
    }

    /**
     * No key may sign for the domain now.
     *
     * @param domain the domain of From
     * @param cause why
     */
    record NoKey(MailDomain domain, KeyLookup.Cause cause) implements Unsigned {
        @Override
        public String sentence() {
            return switch (cause) {
                case UNKNOWN_DOMAIN -> "The domain " + domain + " is not set up here; run sealpost domain add";
                case NOT_PROVEN ->
                    "The domain " + domain
                            + " is not proven yet: its DNS records were not seen; run sealpost domain check " + domain;
                case DELEGATION_GONE ->
                    "The DNS records by which " + domain
                            + " lets us sign are gone; its owner must publish them again, see sealpost domain show "
                            + domain;
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
    record Unsignable(String reason) implements Unsigned {
        @Override
        public String sentence() {
            return "The message cannot be signed: " + reason;
        }
    }

    /**
     * Signed, and the signature does not verify by what the DNS shows now.
     *
     * @param verdict what the verifier said
     */
    record Unproved(Verdict verdict) implements Unsigned {
        @Override
        public String sentence() {
            return "The fresh signature does not verify by the record " + SignatureProof.name(verdict) + ": "
                    + SignatureProof.reason(verdict);
        }
    }
}
