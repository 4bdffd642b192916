package io.sealpost.relay.limit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** The right to one attempt at a site. Thread-safe. */
public final class SitePermit {
    private final BiConsumer<SitePermit, SiteHealth> whenEnded;
    private final String site;
    private final int troubles;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** {@code troubles}: how many the site had had when the attempt began. */
    SitePermit(String site, int troubles, BiConsumer<SitePermit, SiteHealth> whenEnded) {
        this.site = site;
        this.troubles = troubles;
        this.whenEnded = whenEnded;
    }

    /** Ends it; what is said a second time is not heard. */
    public void end(SiteHealth health) {
        if (ended.compareAndSet(false, true)) {
            whenEnded.accept(this, health);
        }
    }

    String site() {
        return site;
    }

    int troubles() {
        return troubles;
    }
}
