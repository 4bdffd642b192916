package io.sealpost.relay.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Concurrency and back-off for each site: more attempts at once as it goes well, half of them after trouble, then nothing for a while,
 * then a single one to find out. Thread-safe.
 */
public final class Sites {
    /** Sites remembered; those that were asked about longest ago and are not at work are forgotten. */
    private static final int REMEMBERED = 10_000;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final SiteLimits limits;
    private final Clock clock;
    private final Map<String, Site> sites = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Site> eldest) {
            return size() > REMEMBERED && eldest.getValue().active == 0;
        }
    };

    /** Nothing is known of any site yet. */
    public Sites(SiteLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Asks for an attempt at a site, as {@link io.sealpost.relay.route.Route.Hosts#site()} names it. Never waits. */
    public synchronized Admission admit(String name) {
        Site site = sites.computeIfAbsent(name, key -> new Site(limits.start()));
        Instant now = clock.instant();
        if (now.isBefore(site.leftAloneUntil)) {
            return new Admission.BackingOff(site.leftAloneUntil);
        }
        if (site.failures > 0 && site.active > 0) {
            return new Admission.BackingOff(now.plus(SOON));
        }
        if (site.active >= site.allowed) {
            return new Admission.Full(now.plus(SOON));
        }
        site.active++;
        return new Admission.Admitted(new SitePermit(name, site.troubles, this::ended));
    }

    private synchronized void ended(SitePermit permit, SiteHealth health) {
        Site site = sites.get(permit.site()); // There as long as an attempt is under way.
        site.active--;
        switch (health) {
            case WELL -> site.goesWell(limits.most());
            case TROUBLED -> trouble(site, permit);
            case UNKNOWN -> {
                // It says nothing about the site.
            }
        }
    }

    /** Attempts that were under way together fail together: that is one trouble, not many. */
    private void trouble(Site site, SitePermit permit) {
        if (permit.troubles() != site.troubles) {
            return;
        }
        site.troubles++;
        site.failures++;
        site.successes = 0;
        site.allowed = Math.max(1, site.allowed / 2);
        site.leftAloneUntil = clock.instant().plus(backoff(site.failures));
    }

    private Duration backoff(int failures) {
        Duration doubled = limits.firstBackoff().multipliedBy(1L << Math.min(failures - 1, 20));
        return doubled.compareTo(limits.longestBackoff()) < 0 ? doubled : limits.longestBackoff();
    }

    /** Guarded by the lock of {@link Sites}. */
    private static final class Site {
        private int active;
        private int allowed;
        private int successes;
        /** In a row. */
        private int failures;
        /** In all. */
        private int troubles;

        private Instant leftAloneUntil = Instant.MIN;

        Site(int allowed) {
            this.allowed = allowed;
        }

        /** One more at once after as many successes as are allowed at once. */
        void goesWell(int most) {
            failures = 0;
            leftAloneUntil = Instant.MIN;
            successes++;
            if (successes >= allowed && allowed < most) {
                allowed++;
                successes = 0;
            }
        }
    }
}
