package io.sealpost.relay.limit;

import io.sealpost.relay.deliver.AttemptResult;
import io.sealpost.relay.deliver.DeliveryOutcome.Deferred;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What an attempt says about the site itself. */
public enum SiteHealth {
    /** A host took or refused mail as it should. */
    WELL,
    /** No host could be talked to, or one wants less of us. */
    TROUBLED,
    /** Nothing: the attempt ended by a fault of our own. */
    UNKNOWN;

    private static final Set<Reason> TROUBLE = EnumSet.of(Reason.UNREACHABLE, Reason.TLS, Reason.RATE);

    /** Troubled when every recipient was deferred for a reason that lies in the site; refused recipients are none. */
    public static SiteHealth of(List<AttemptResult> results) {
        if (results.stream().allMatch(result -> isDeferredFor(result, TROUBLE))) {
            return TROUBLED;
        }
        return results.stream().allMatch(result -> isDeferredFor(result, EnumSet.of(Reason.INTERNAL))) ? UNKNOWN : WELL;
    }

    private static boolean isDeferredFor(AttemptResult result, Set<Reason> reasons) {
        return result.outcome() instanceof Deferred deferred && reasons.contains(deferred.reason());
    }
}
