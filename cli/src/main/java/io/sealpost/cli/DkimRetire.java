package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.console.ZoneLine;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.RecordRetention;
import io.sealpost.queue.SigningKeyUse.Carrying;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost dkim retire}. */
@Command(
        name = "retire",
        description = {
            "Takes a key out of use for ever and says how many waiting messages carry it: each is signed again before its next attempt,"
                    + " or held where no key of the domain signs.",
            "Then its record may go, or better stand with an empty p=, which says that the key is revoked."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost dkim retire office.example --selector s20261124r --dry-run",
            "  sealpost dkim retire office.example --selector s20261124r --reason \"the disk was sold\""
        })
final class DkimRetire extends KeysOfDomain {
    private static final int LOOKED_AT = 20_000;

    @Mixin
    private ReasonOption reason;

    @Option(names = "--dry-run", description = "Only says what hangs on it.")
    private boolean dryRun;

    DkimRetire(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        if (selector().isEmpty()) {
            throw new Fault(Sysexits.USAGE, "--selector NAME is missing; \"sealpost dkim list\" shows them");
        }
        DkimKey key = keys(administration).get(0);
        console().print(waiting(administration.signingKeyUse().carrying(key.id(), LOOKED_AT)));
        if (dryRun) {
            console().print(key.recordName() + " is " + key.state().stored() + "; nothing was changed.");
            return Sysexits.OK;
        }
        Outcomes.value(administration.keys().retire(key.id(), reason.text()));
        console().print(key.recordName() + " is retired.");
        adviseOnRecord(administration, key);
        if (administration.keys().keys(domain()).stream().noneMatch(other -> other.state() == KeyState.ACTIVE)) {
            console().note("No key of " + domain() + " signs now: its mail is refused or held until one does.");
        }
        return Sysexits.OK;
    }

    private static String waiting(Carrying carrying) {
        String looked = carrying.looked() < LOOKED_AT ? "" : ", of the oldest " + LOOKED_AT + " looked at";
        return carrying.messages() == 0
                ? "No waiting message carries its signature" + looked + "."
                : (carrying.messages() == 1
                                ? "1 waiting message carries"
                                : carrying.messages() + " waiting messages carry")
                        + " its signature" + looked + "; each is signed again before its next attempt.";
    }

    private void adviseOnRecord(Administration administration, DkimKey before) {
        RecordRetention retention = administration.retention();
        Instant now = administration.clock().instant();
        Instant until = before.state() == KeyState.ACTIVE
                ? now.plus(retention.queueLife()).plus(RecordRetention.LATE_VERIFIERS)
                : retention.until(before).orElse(now);
        String empty = ZoneLine.of(before.recordName(), "TXT", "v=DKIM1; p=");
        if (until.isAfter(now)) {
            console()
                    .note("Receivers may verify mail that it signed until " + Times.shown(until)
                            + ": leave its record until then. Was the key stolen, publish this instead, now:");
        } else {
            console().note("Its record may go. Better replace it by this, which says that the key is revoked:");
        }
        console().note(empty);
    }
}
