package io.sealpost.relay.outbound;

import io.sealpost.mail.MailDomain;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts a message to very many domains into portions, so that one worker does not look all of them up one after the other. */
final class DomainPortions {
    static final int DOMAINS = 20;

    private DomainPortions() {}

    /** Portions of at most {@value #DOMAINS} recipient domains each, a domain whole in one. */
    static List<ClaimedMessage> of(ClaimedMessage message) {
        Map<MailDomain, List<ClaimedDelivery>> byDomain = new LinkedHashMap<>();
        message.deliveries()
                .forEach(delivery -> byDomain.computeIfAbsent(
                                delivery.recipient().address().domain(), domain -> new ArrayList<>())
                        .add(delivery));
        if (byDomain.size() <= DOMAINS) {
            return List.of(message);
        }
        List<ClaimedMessage> portions = new ArrayList<>();
        List<List<ClaimedDelivery>> domains = List.copyOf(byDomain.values());
        for (int from = 0; from < domains.size(); from += DOMAINS) {
            List<ClaimedDelivery> part = domains.subList(from, Math.min(domains.size(), from + DOMAINS)).stream()
                    .flatMap(List::stream)
                    .toList();
            portions.add(message.withDeliveries(part));
        }
        return portions;
    }
}
