package io.sealpost.cli.doctor;

import io.sealpost.cli.console.Times;
import io.sealpost.keys.Comparison;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.Observation.Role;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.keys.RecordRetention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compares one key with what name servers show of it. Thread-safe where its observer is. */
final class KeyRecordLook {
    private static final Duration PATIENCE = Duration.ofDays(7);
    private static final int WEAK_BITS = 2048; // RFC 8301 §3.2: SHOULD be at least.

    private final Function<DkimKey, ObservedRecords> observer;
    private final RecordRetention retention;
    private final Instant now;

    KeyRecordLook(Function<DkimKey, ObservedRecords> observer, RecordRetention retention, Instant now) {
        this.observer = observer;
        this.retention = retention;
        this.now = now;
    }

    /** At least one finding. */
    List<Finding> look(DkimKey key) {
        List<Comparison> seen = observer.apply(key).comparedWith(key);
        List<Finding> findings = new ArrayList<>();
        seen.stream()
                .filter(one -> one.verdict() == Comparison.Verdict.SILENT && one.role() == Role.RESOLVER)
                .forEach(one -> findings.add(Finding.warning(
                        one.server() + " could not be asked for " + key.recordName() + ": " + one.sentence(),
                        "look at the line of the DNS servers, and at the zone's own servers")));
        if (seen.stream().anyMatch(one -> one.verdict() != Comparison.Verdict.SILENT)) {
            findings.add(judge(
                    key,
                    seen.stream()
                            .filter(one -> one.verdict() == Comparison.Verdict.DISAGREES)
                            .map(Comparison::toString)
                            .toList()));
        }
        if (key.algorithm() == KeyAlgorithm.RSA && key.bits() < WEAK_BITS) {
            findings.add(Finding.warning(
                    key.recordName() + " is RSA of " + key.bits() + " bits: some receivers count it as none",
                    "make a new one and activate it: sealpost dkim create " + key.domain()));
        }
        return findings;
    }

    private Finding judge(DkimKey key, List<String> objections) {
        String name = key.recordName();
        String why = String.join("; ", objections);
        String publish = "publish it as \"sealpost dkim dns " + key.domain() + "\" prints it";
        return switch (key.state()) {
            case ACTIVE ->
                objections.isEmpty()
                        ? Finding.ok(name + " signs, and its record is there")
                        : Finding.problem(name + " signs, but receivers cannot verify it: " + why, publish);
            case RETIRING -> retiring(key, why, publish);
            case PENDING -> pending(key, objections);
            case RETIRED, FAILED -> Finding.ok(name + " is out of use");
        };
    }

    private Finding retiring(DkimKey key, String why, String publish) {
        String name = key.recordName();
        String until = Times.shown(retention.until(key).orElseThrow());
        if (retention.isOver(key, now)) {
            return Finding.warning(
                    name + " is retiring, and its time was over at " + until,
                    "retire it, then its record may go: sealpost dkim retire " + key.domain() + " --selector "
                            + key.selector());
        }
        return why.isEmpty()
                ? Finding.ok(name + " is retiring, and its record is there; it must stand until " + until)
                : Finding.warning(
                        name + " is retiring, and mail under way that it signed cannot be verified: " + why,
                        publish + "; it must stand until " + until);
    }

    private Finding pending(DkimKey key, List<String> objections) {
        if (objections.isEmpty()) {
            return Finding.warning(
                    key.recordName() + " is published and does not sign yet", "sealpost dkim activate " + key.domain());
        }
        Duration waiting = Duration.between(key.stateSince(), now);
        String sentence = key.recordName() + " has been waiting for its record for " + Times.shown(waiting);
        return waiting.compareTo(PATIENCE) > 0
                ? Finding.warning(
                        sentence,
                        "publish it (sealpost dkim dns " + key.domain() + "), or take the key away (dkim retire)")
                : Finding.ok(sentence);
    }
}
