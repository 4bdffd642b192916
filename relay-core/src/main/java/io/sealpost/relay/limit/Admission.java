package io.sealpost.relay.limit;

import java.time.Instant;

/** Whether an attempt at a site may begin now. */
public sealed interface Admission {
    /**
     * It may.
     *
     * @param permit to be ended when the attempt is over, whatever came of it
     */
    record Admitted(SitePermit permit) implements Admission {}

    /**
     * As many attempts are under way as the site takes; one may begin as soon as another ends.
     *
     * @param askAgain when to ask again at the latest
     */
    record Full(Instant askAgain) implements Admission {}

    /**
     * The site had trouble and is left alone, or one attempt is finding out whether it is well again.
     *
     * @param until when to ask again; a message's own schedule goes before it where that is later
     */
    record BackingOff(Instant until) implements Admission {}
}
