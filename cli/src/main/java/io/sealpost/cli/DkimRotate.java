package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.RecordRetention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost dkim rotate}. */
@Command(
        name = "rotate",
        description = {
            "Makes the next key of each kind that signs, waits until every server shows its record, and signs with it; the key before is"
                    + " retiring, and its record must stand for the queue's life and a week.",
            "Called again it goes on where it stood, and does nothing while the record of the key before must stand: fit for cron."
                    + " Exit code 75: a record is not seen yet; the old key signs."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost dkim rotate office.example",
            "  sealpost dkim rotate office.example --wait 2h",
            "  sealpost dkim rotate office.example --older-than 180d"
        })
final class DkimRotate extends DomainKeysCommand {
    @Mixin
    private AlgorithmOption algorithm;

    @Mixin
    private WaitOption wait;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            description = "Begins only where the key has signed for this long; what was begun is finished.")
    private Duration olderThan = Duration.ZERO;

    DkimRotate(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        DomainCommand.held(administration, domain());
        List<DkimKey> keys = administration.keys().keys(domain());
        List<DkimKey> signing = keys.stream()
                .filter(key -> key.state() == KeyState.ACTIVE && algorithm.admits(key.algorithm()))
                .toList();
        if (signing.isEmpty()) {
            throw new Fault(
                    Sysexits.NOINPUT,
                    "no " + algorithm.word() + "key of " + domain()
                            + " signs, so there is none to rotate; \"sealpost domain show " + domain()
                            + "\" says what is to do");
        }
        List<DkimKey> next = signing.stream()
                .flatMap(key -> next(administration, key, keys).stream())
                .toList();
        if (next.isEmpty()) {
            return Sysexits.OK;
        }
        printRecords(
                administration, next.stream().filter(key -> !keys.contains(key)).toList());
        int code = KeyActivation.of(console(), administration).activate(next, wait.time());
        if (code != Sysexits.OK) {
            console().note("Until then the keys before sign. The same command goes on from here.");
        }
        return code;
    }

    /** The key that follows, made where it is not there yet; empty where this key is not to be followed now. */
    private Optional<DkimKey> next(Administration administration, DkimKey key, List<DkimKey> keys) {
        RecordRetention retention = administration.retention();
        Instant now = administration.clock().instant();
        Optional<DkimKey> before = ofKind(key.algorithm(), keys)
                .filter(other -> retention.holds(other, now))
                .findFirst();
        boolean begun = ofKind(key.algorithm(), keys).anyMatch(other -> other.state() == KeyState.PENDING);
        Instant due = key.stateSince().plus(olderThan);
        if (before.isPresent()) {
            console()
                    .print(key.recordName() + " signs since " + Times.shown(key.stateSince()) + "; the record of "
                            + before.get().selector() + " must stand until "
                            + Times.shown(retention.until(before.get()).orElseThrow())
                            + ", before that nothing is rotated.");
            return Optional.empty();
        }
        if (!begun && now.isBefore(due)) {
            console()
                    .print(key.recordName() + " signs since " + Times.shown(key.stateSince()) + "; it is followed from "
                            + Times.shown(due) + " on.");
            return Optional.empty();
        }
        DkimKey next = Outcomes.value(administration.keys().nextKey(domain(), like(key), key.id()));
        console()
                .note(next.selector() + " follows " + key.selector() + "."
                        + (keys.contains(next) ? "" : " Publish its record:"));
        return Optional.of(next);
    }

    private static Stream<DkimKey> ofKind(KeyAlgorithm algorithm, List<DkimKey> keys) {
        return keys.stream().filter(key -> key.algorithm() == algorithm);
    }

    /** As large as the one before, where that was large enough. */
    private static NewKey like(DkimKey key) {
        NewKey usual = NewKey.of(key.algorithm());
        return usual.withBits(Math.max(usual.bits(), key.bits()));
    }
}
