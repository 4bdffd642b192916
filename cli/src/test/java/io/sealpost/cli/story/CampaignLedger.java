package io.sealpost.cli.story;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What happened in a campaign, by this JVM's monotonic clock: who was promised what, what arrived, what was broken. Thread-safe. */
final class CampaignLedger {
    private final ConcurrentMap<Integer, String> promised = new ConcurrentHashMap<>();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Queue<CampaignFault> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrived = new AtomicInteger();

    /** A try of a client's that got no 250, and why. */
    record Refusal(int mail, String why, long from, long to) {}

    /** A message that the receiver took upon itself, one for each recipient. */
    record Arrival(int mail, String queueId, String recipient, String node, long at) {}

    void promised(CampaignMail mail, String queueId) {
        promised.put(mail.number(), queueId);
    }

    void refused(CampaignMail mail, String why, long from) {
        refusals.add(new Refusal(mail.number(), why, from, System.nanoTime()));
    }

    void arrived(Arrival arrival) {
        arrivals.add(arrival);
        arrived.incrementAndGet();
    }

    void broken(CampaignFault fault) {
        faults.add(fault);
    }

    int promises() {
        return promised.size();
    }

    int arrivals() {
        return arrived.get();
    }

    /** Queue ids that got their 250. */
    Set<String> promisedIds() {
        return new HashSet<>(promised.values());
    }

    List<CampaignFault> faults() {
        return List.copyOf(faults);
    }

    Map<String, Long> refusals() {
        return refusals.stream().collect(Collectors.groupingBy(Refusal::why, TreeMap::new, Collectors.counting()));
    }

    /** How many tries were answered with this beginning. */
    int refused(String beginning) {
        return (int) refusals.stream()
                .filter(refusal -> refusal.why().startsWith(beginning))
                .count();
    }

    /** Recipients of promised mails whom nothing reached. */
    List<String> lost() {
        Set<String> reached = arrivals.stream().map(Arrival::recipient).collect(Collectors.toSet());
        return promised.keySet().stream()
                .flatMap(number -> new CampaignMail(number).recipients().stream())
                .filter(recipient -> !reached.contains(recipient))
                .toList();
    }

    /**
     * What explains each copy. Of the arrivals of one id one is the settled one; each other must have been under way when its node was
     * killed or stopped. A mail under several ids was sent again by a client that got no 250.
     */
    Map<String, Long> copies() {
        List<String> causes = new ArrayList<>();
        arrivals.stream()
                .collect(Collectors.groupingBy(arrival -> arrival.queueId() + " " + arrival.recipient()))
                .values()
                .forEach(same -> causes.addAll(causes(same)));
        Map<Integer, Set<String>> ids = arrivals.stream()
                .collect(
                        Collectors.groupingBy(Arrival::mail, Collectors.mapping(Arrival::queueId, Collectors.toSet())));
        ids.forEach((mail, of) -> {
            long refused =
                    refusals.stream().filter(refusal -> refusal.mail() == mail).count();
            for (int i = 1; i < of.size(); i++) {
                causes.add(
                        i <= refused
                                ? "sent again by a client without its 250"
                                : "UNEXPLAINED second id " + mail + " " + of);
            }
        });
        return causes.stream().collect(Collectors.groupingBy(cause -> cause, TreeMap::new, Collectors.counting()));
    }

    private List<String> causes(List<Arrival> same) {
        if (same.size() == 1) {
            return List.of();
        }
        List<String> explained = same.stream()
                .flatMap(arrival -> faults.stream()
                        .flatMap(
                                fault -> fault
                                        .explains(
                                                arrival.node(), arrival.at(), databaseAway(arrival.at(), fault.from()))
                                        .stream())
                        .limit(1))
                .limit(same.size() - 1)
                .collect(Collectors.toCollection(ArrayList::new));
        for (int i = explained.size(); i < same.size() - 1; i++) {
            explained.add("UNEXPLAINED " + story(same));
        }
        return explained;
    }

    private long databaseAway(long after, long before) {
        return faults.stream()
                .mapToLong(fault -> fault.databaseAway(after, before))
                .sum();
    }

    /** The arrivals and all faults around them, in seconds from the first arrival. */
    private String story(List<Arrival> same) {
        List<Arrival> sorted =
                same.stream().sorted(Comparator.comparing(Arrival::at)).toList();
        long zero = sorted.get(0).at();
        String came = sorted.stream()
                .map(arrival -> "by %s at %.3f".formatted(arrival.node(), (arrival.at() - zero) / 1e9))
                .collect(Collectors.joining(", "));
        String around = faults.stream()
                .filter(fault -> Math.abs(fault.from() - zero) < 60_000_000_000L)
                .map(fault -> "%s %s %.3f to %.3f"
                        .formatted(fault.kind(), fault.nodes(), (fault.from() - zero) / 1e9, (fault.to() - zero) / 1e9))
                .collect(Collectors.joining(", "));
        return sorted.get(0).queueId() + " to " + sorted.get(0).recipient() + " " + came + "; faults " + around;
    }
}
