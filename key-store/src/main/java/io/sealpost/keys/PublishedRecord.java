package io.sealpost.keys;

import io.sealpost.keys.Observation.Answer;
import io.sealpost.keys.Observation.NoAnswer;
import io.sealpost.keys.Observation.Records;
import io.sealpost.keys.Observation.Role;
import io.sealpost.mail.ForeignText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what name servers show is the record of a key (RFC 6376 §3.6.1, RFC 8301, RFC 8463). */
final class PublishedRecord {
    private final DkimKey key;

    PublishedRecord(DkimKey key) {
        this.key = key;
    }

    /**
     * What speaks against the key's being visible to everybody, a sentence a server; none when every resolver shows it and no
     * authoritative server that answers disagrees.
     */
    List<String> objections(List<Observation> observations) {
        if (observations.stream().noneMatch(seen -> seen.role() == Role.RESOLVER)) {
            return List.of("no resolver was asked for " + key.recordName());
        }
        return observations.stream()
                .flatMap(seen -> objection(seen).map(why -> ForeignText.escape(seen.server()) + ": " + why).stream())
                .toList();
    }

    private Optional<String> objection(Observation seen) {
        Answer answer = seen.answer();
        if (answer instanceof Records found) {
            return objection(found.records());
        }
        return seen.role() == Role.AUTHORITATIVE
                ? Optional.empty()
                : Optional.of(ForeignText.escape(((NoAnswer) answer).why()));
    }

    private Optional<String> objection(List<String> records) {
        if (records.isEmpty()) {
            return Optional.of("there is no TXT record at " + key.recordName());
        }
        if (records.size() > 1) {
            // RFC 6376 §3.6.2.2: with several records the result is undefined.
            return Optional.of(
                    records.size() + " TXT records stand at " + key.recordName() + "; there must be exactly one");
        }
        return tags(records.get(0)).map(this::objection).orElse(Optional.of("the record is not a list of tag=value"));
    }

    private Optional<String> objection(Map<String, String> tags) {
        String published = tags.get("p");
        if (!"DKIM1".equals(tags.getOrDefault("v", "DKIM1"))) {
            return Optional.of("the record is not of version DKIM1");
        }
        if (published == null) {
            return Optional.of("the record has no p=");
        }
        if (published.isEmpty()) {
            return Optional.of("the record says that the key is revoked (p= is empty)");
        }
        if (!key.algorithm().tag().equals(tags.getOrDefault("k", "rsa"))) {
            return Optional.of("the record is of another kind of key (k=), not "
                    + key.algorithm().tag());
        }
        if (!listed(tags.get("h"), "sha256")) {
            return Optional.of("the record does not allow sha256 (h=)");
        }
        if (!listed(tags.get("s"), "email") && !listed(tags.get("s"), "*")) {
            return Optional.of("the record is not for email (s=)");
        }
        return published.equals(key.publicHalf())
                ? Optional.empty()
                : Optional.of("the record holds another key (p= differs), or one cut short");
    }

    /** Whether a colon-separated list names the word; a tag that is not there means all. */
    private static boolean listed(String list, String word) {
        return list == null || Arrays.asList(list.split(":")).contains(word);
    }

    /** The tags without any white space, which no tag that matters here needs; empty when the text is no tag-list (§3.2). */
    private static Optional<Map<String, String>> tags(String record) {
        Map<String, String> tags = new LinkedHashMap<>();
        String list = record.replaceAll("[ \\t\\r\\n]", "").replaceFirst(";$", "");
        for (String tag : list.split(";", -1)) {
            int equals = tag.indexOf('=');
            if (equals <= 0 || tags.put(tag.substring(0, equals), tag.substring(equals + 1)) != null) {
                return Optional.empty(); // A tag that stands twice makes the whole list invalid.
            }
        }
        boolean versionElsewhere =
                tags.containsKey("v") && !"v".equals(tags.keySet().iterator().next());
        return versionElsewhere ? Optional.empty() : Optional.of(tags);
    }
}
