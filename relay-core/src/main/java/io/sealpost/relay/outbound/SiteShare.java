package io.sealpost.relay.outbound;

import io.sealpost.mail.MailDomain;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.relay.route.Route;
import io.sealpost.relay.route.Router;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The recipients of a message that go the same way, in one transaction.
 *
 * @param message with these deliveries only
 * @param route their way, or why there is none
 */
record SiteShare(ClaimedMessage message, Route route) {
    // RFC 5321 §4.5.3.1.8: every server takes 100; half of it is what big ones like.
    static final int MAX_RECIPIENTS = 50;

    /** The site; {@code ""} where there is none. */
    String site() {
        return route instanceof Route.Hosts hosts ? hosts.site() : "";
    }

    /** Routes each recipient domain once and puts those of one site together. */
    static List<SiteShare> of(ClaimedMessage message, Router router) {
        Map<MailDomain, List<ClaimedDelivery>> byDomain = new LinkedHashMap<>();
        message.deliveries()
                .forEach(delivery -> byDomain.computeIfAbsent(
                                delivery.recipient().address().domain(), domain -> new ArrayList<>())
                        .add(delivery));
        Map<String, Route> routes = new LinkedHashMap<>();
        Map<String, List<ClaimedDelivery>> bySite = new LinkedHashMap<>();
        byDomain.forEach((domain, deliveries) -> {
            Route route = router.route(domain);
            String site = route instanceof Route.Hosts hosts ? "site " + hosts.site() : "no site " + domain;
            routes.putIfAbsent(site, route);
            bySite.computeIfAbsent(site, key -> new ArrayList<>()).addAll(deliveries);
        });
        List<SiteShare> shares = new ArrayList<>();
        bySite.forEach((site, deliveries) -> {
            for (int from = 0; from < deliveries.size(); from += MAX_RECIPIENTS) {
                int to = Math.min(deliveries.size(), from + MAX_RECIPIENTS);
                shares.add(new SiteShare(message.withDeliveries(deliveries.subList(from, to)), routes.get(site)));
            }
        });
        return shares;
    }
}
