package io.sealpost.keys;

import io.sealpost.mail.ForeignText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The tags of a published key record (RFC 6376 §3.6.1), without any white space, which no tag that matters here needs. */
final class KeyRecordTags {
    private static final int SHOWN = 12;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*"); // RFC 6376 §3.2

    private final Map<String, String> tags;

    private KeyRecordTags(Map<String, String> tags) {
        this.tags = tags;
    }

    /** Empty when the text is no tag-list (§3.2), or one whose version does not come first. */
    static Optional<KeyRecordTags> parse(String record) {
        Map<String, String> tags = new LinkedHashMap<>();
        String list = record.replaceAll("[ \\t\\r\\n]", "").replaceFirst(";$", "");
        for (String tag : list.split(";", -1)) {
            int equals = tag.indexOf('=');
            String name = equals < 0 ? "" : tag.substring(0, equals);
            if (!NAME.matcher(name).matches() || tags.put(name, tag.substring(equals + 1)) != null) {
                return Optional.empty(); // A tag that stands twice, or has no name, makes the whole list invalid.
            }
        }
        boolean versionElsewhere =
                tags.containsKey("v") && !"v".equals(tags.keySet().iterator().next());
        return versionElsewhere ? Optional.empty() : Optional.of(new KeyRecordTags(tags));
    }

    /** Why verifiers would not take a signature of this key by the record; empty when they would. */
    Optional<String> objection(DkimKey key) {
        String published = tags.get("p");
        if (!"DKIM1".equals(tags.getOrDefault("v", "DKIM1"))) {
            return Optional.of("the record is not of version DKIM1 (v=" + shown("v") + ")");
        }
        if (published == null) {
            return Optional.of("the record has no p=, where the key belongs");
        }
        if (published.isEmpty()) {
            return Optional.of("the record says that the key is revoked (p= is empty)");
        }
        if (!key.algorithm().tag().equals(tags.getOrDefault("k", "rsa"))) {
            return Optional.of("the record is of another kind of key (k=" + (tags.containsKey("k") ? shown("k") : "rsa")
                    + "), not " + key.algorithm().tag());
        }
        if (!listed("h", "sha256")) {
            return Optional.of("the record does not allow sha256 (h=" + shown("h") + "), with which we sign");
        }
        if (!listed("s", "email") && !listed("s", "*")) {
            return Optional.of("the record is not for email (s=" + shown("s") + ")");
        }
        return published.equals(key.publicHalf()) ? Optional.empty() : Optional.of(difference(published, key));
    }

    /** What a record that does still says beside the key. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (flagged("y")) {
            remarks.add(
                    "t=y says that the key is only being tested: receivers treat the mail as unsigned; take it out");
        }
        if (flagged("s")) {
            remarks.add("t=s allows no subdomain in i=; our signatures name none");
        }
        return remarks;
    }

    /** Keys of a kind begin and end alike, so what is shown is where they part. */
    private static String difference(String published, DkimKey key) {
        String wanted = key.publicHalf();
        if (wanted.startsWith(published)) {
            return "the key in the record is cut short after " + published.length() + " of " + wanted.length()
                    + " characters: split the record into strings of at most 255, do not cut it";
        }
        int at = 0;
        while (at < published.length() && at < wanted.length() && published.charAt(at) == wanted.charAt(at)) {
            at++;
        }
        return "the record holds another key: from character " + (at + 1) + " on p= has \"" + piece(published, at)
                + "\" where this key has \"" + piece(wanted, at) + "\"";
    }

    private static String piece(String text, int at) {
        return ForeignText.escape(text.substring(at, Math.min(text.length(), at + SHOWN)));
    }

    private String shown(String tag) {
        return piece(tags.getOrDefault(tag, ""), 0);
    }

    private boolean flagged(String flag) {
        return tags.containsKey("t") && listed("t", flag);
    }

    /** Whether a colon-separated list names the word; a tag that is not there means all. */
    private boolean listed(String tag, String word) {
        String list = tags.get(tag);
        return list == null || Arrays.asList(list.split(":")).contains(word);
    }
}
