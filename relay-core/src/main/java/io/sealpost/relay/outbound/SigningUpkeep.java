package io.sealpost.relay.outbound;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.keys.Keys;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.QueueClaims;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.signing.MessageSigning;
import io.sealpost.relay.signing.PrefixFields;
import io.sealpost.relay.signing.SigningOutcome;
import java.io.IOException;
import java.time.Clock;

/**
 * Nothing leaves unsigned or with a key whose record is gone: looks the prefix's keys up before each attempt and makes the DKIM
 * fields again where they went out of use, or were never made. Thread-safe.
 */
final class SigningUpkeep {
    private final Keys keys;
    private final MessageSigning signing;
    private final QueueClaims claims;
    private final Clock clock;

    SigningUpkeep(Keys keys, MessageSigning signing, QueueClaims claims, Clock clock) {
        this.keys = keys;
        this.signing = signing;
        this.claims = claims;
        this.clock = clock;
    }

    /** How the check ended. */
    sealed interface Check {
        /** May leave as it is. */
        record Ready(ClaimedMessage message) implements Check {}

        /** Cannot be signed now; the reason is a plain sentence. */
        record Unsigned(String reason) implements Check {}
    }

    /** Whether a signature may still leave with these keys; no while nobody can tell. */
    boolean stands(SignedPrefix prefix) {
        try {
            return keys.allPublished(prefix.keyIds());
        } catch (StoreUnavailable away) {
            return false;
        }
    }

    /** Throws StoreUnavailable when nobody can tell now, IOException when the content cannot be read. */
    Check check(ClaimedMessage message) throws IOException {
        SignedPrefix prefix = message.signedPrefix();
        boolean good = !prefix.keyIds().isEmpty()
                && keys.allPublished(prefix.keyIds())
                && !PrefixFields.isNearExpiry(prefix, clock.instant());
        if (good) {
            return new Check.Ready(message);
        }
        SigningOutcome result = signing.signAgain(message.envelope(), prefix, message.content());
        if (result instanceof SigningOutcome.Signed signed) {
            claims.replacePrefix(message.envelope().id(), signed.prefix());
            return new Check.Ready(message.withSignedPrefix(signed.prefix()));
        }
        return new Check.Unsigned(((SigningOutcome.Unsigned) result).sentence());
    }
}
