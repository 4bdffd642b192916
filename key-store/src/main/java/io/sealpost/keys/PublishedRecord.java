package io.sealpost.keys;

import io.sealpost.keys.Comparison.Verdict;
import io.sealpost.keys.Observation.Answer;
import io.sealpost.keys.Observation.Missing;
import io.sealpost.keys.Observation.NoAnswer;
import io.sealpost.keys.Observation.NoRecord;
import io.sealpost.keys.Observation.Records;
import io.sealpost.keys.Observation.Role;
import io.sealpost.mail.ForeignText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether what name servers show is the record of a key (RFC 6376 §3.6.1 and §3.6.2.2, RFC 8301, RFC 8463). */
final class PublishedRecord {
    private final DkimKey key;

    PublishedRecord(DkimKey key) {
        this.key = key;
    }

    Comparison compare(Observation seen) {
        Answer answer = seen.answer();
        if (answer instanceof NoAnswer none) {
            return comparison(seen, Verdict.SILENT, ForeignText.escape(none.why()), Duration.ZERO);
        }
        if (answer instanceof NoRecord none) {
            String sentence = none.missing() == Missing.NAME
                    ? "there is no TXT record at " + key.recordName() + ": no such name (NXDOMAIN)"
                    : "there is no TXT record at " + key.recordName() + ", though the name is there";
            return disagrees(seen, sentence, none.remembered());
        }
        Records found = (Records) answer;
        return objection(found.records())
                .map(why -> disagrees(seen, why, found.remembered()))
                .orElseGet(() -> shown(seen, found));
    }

    private Comparison shown(Observation seen, Records found) {
        List<String> remarks = KeyRecordTags.parse(found.records().get(0))
                .map(KeyRecordTags::remarks)
                .orElse(List.of());
        return new Comparison(
                ForeignText.escape(seen.server()),
                seen.role(),
                Verdict.SHOWN,
                "shows the key",
                remarks,
                found.remembered());
    }

    /** A resolver repeats what it remembers; an authoritative server says what its zone holds now. */
    private static Comparison disagrees(Observation seen, String why, Duration remembered) {
        boolean repeats = seen.role() == Role.RESOLVER && !remembered.isZero();
        String hint = repeats ? "; it may remember this for another " + remembered.toSeconds() + " s" : "";
        return comparison(seen, Verdict.DISAGREES, why + hint, repeats ? remembered : Duration.ZERO);
    }

    private static Comparison comparison(Observation seen, Verdict verdict, String sentence, Duration remembered) {
        return new Comparison(ForeignText.escape(seen.server()), seen.role(), verdict, sentence, List.of(), remembered);
    }

    private Optional<String> objection(List<String> records) {
        if (records.size() > 1) {
            return Optional.of(several(records));
        }
        String record = records.get(0);
        if (record.indexOf('"') >= 0 || record.indexOf('\\') >= 0) {
            return Optional.of(
                    "the record holds quotation marks or backslashes: the zone's editor took them for text; give it one"
                            + " line without them, as \"sealpost dkim dns --json\" prints it");
        }
        return KeyRecordTags.parse(record)
                .map(tags -> tags.objection(key))
                .orElse(Optional.of("the record is not a list of tag=value as DKIM wants it: "
                        + ForeignText.escape(shortened(record))));
    }

    /** RFC 6376 §3.6.2.2: with several records the result is undefined. */
    private String several(List<String> records) {
        String joined = String.join("", records).replaceAll("\\s", "");
        String backwards = records.size() == 2 ? (records.get(1) + records.get(0)).replaceAll("\\s", "") : joined;
        boolean halves = joined.contains(key.publicHalf()) || backwards.contains(key.publicHalf());
        boolean among = records.stream()
                .map(KeyRecordTags::parse)
                .flatMap(Optional::stream)
                .anyMatch(tags -> tags.objection(key).isEmpty());
        String hint = halves && !among
                ? ": the record is split wrongly, its pieces must be strings of one record"
                : among ? ": the key's own is among them, remove the others" : "";
        return records.size() + " TXT records stand at " + key.recordName() + " where exactly one must be" + hint;
    }

    private static String shortened(String record) {
        return record.length() <= 60 ? record : record.substring(0, 60) + "…";
    }
}
