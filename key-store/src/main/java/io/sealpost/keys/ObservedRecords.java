package io.sealpost.keys;

import java.util.ArrayList;
import java.util.List;

/**
 * What name servers showed for one key: whoever looked hands it to {@link KeyAdministration#activate}.
 *
 * @param observations one for each server that was asked; for an activation every configured resolver must be among them
 */
public record ObservedRecords(List<Observation> observations) {
    private static final int NAMED = 6;

    /** Copies the list. */
    public ObservedRecords {
        observations = List.copyOf(observations);
    }

    /** What each server's answer means for the key, in their order. */
    public List<Comparison> comparedWith(DkimKey key) {
        PublishedRecord record = new PublishedRecord(key);
        return observations.stream().map(record::compare).toList();
    }

    /**
     * What speaks against the key's record being visible to everybody, one plain sentence a server; none when each resolver shows it
     * and no authoritative server that answers disagrees. Never none when no resolver was asked.
     */
    public List<String> objectionsTo(DkimKey key) {
        List<String> objections = new ArrayList<>(comparedWith(key).stream()
                .filter(Comparison::speaksAgainst)
                .map(Comparison::toString)
                .toList());
        boolean asked = observations.stream().anyMatch(seen -> seen.role() == Observation.Role.RESOLVER);
        if (objections.isEmpty() && !asked) {
            objections.add("no resolver was asked for " + key.recordName());
        }
        return List.copyOf(objections);
    }

    /** The servers that show the key, for the audit trail: a few by name, the others counted. */
    public String seenBy(DkimKey key) {
        List<String> servers = comparedWith(key).stream()
                .filter(each -> each.verdict() == Comparison.Verdict.SHOWN)
                .map(Comparison::server)
                .toList();
        String named = String.join(", ", servers.subList(0, Math.min(NAMED, servers.size())));
        return servers.size() <= NAMED ? named : named + " and " + (servers.size() - NAMED) + " more";
    }
}
