package io.sealpost.keys;

import java.util.List;

/**
 * What name servers showed for one key: whoever looked hands it to {@link KeyAdministration#activate}.
 *
 * @param observations one for each server that was asked; every configured resolver must be among them
 */
public record ObservedRecords(List<Observation> observations) {
    /** Copies the list. */
    public ObservedRecords {
        observations = List.copyOf(observations);
    }

    /**
     * What speaks against the key's record being visible to everybody, one plain sentence a server; none when each resolver shows it
     * and no authoritative server that answers disagrees.
     */
    public List<String> objectionsTo(DkimKey key) {
        return new PublishedRecord(key).objections(observations);
    }
}
