package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyState;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sealpost dkim activate}. */
@Command(
        name = "activate",
        description = {
            "Signs with the pending keys whose records every server of [dns] servers shows. A name server of the zone that answers"
                    + " and disagrees keeps a key back; one that is away is a warning.",
            "Exit code 75: a record is not seen yet."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost dkim activate office.example",
            "  sealpost dkim activate office.example --selector s20261124r --wait 2h"
        })
final class DkimActivate extends KeysOfDomain {
    @Mixin
    private WaitOption wait;

    DkimActivate(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        List<DkimKey> keys = keys(administration);
        List<DkimKey> pending = selector().isPresent() ? keys : in(KeyState.PENDING, keys);
        if (pending.isEmpty()) {
            return nothingPending(in(KeyState.ACTIVE, keys));
        }
        int code = KeyActivation.of(console(), administration).activate(pending, wait.time());
        if (code != Sysexits.OK && wait.time().isZero()) {
            console()
                    .note("\"sealpost dkim dns " + domain()
                            + "\" prints what to publish; with --wait this looks until it stands.");
        }
        return code;
    }

    private int nothingPending(List<DkimKey> active) {
        if (active.isEmpty()) {
            throw new Fault(
                    Sysexits.NOINPUT, domain() + " has no pending key; make one: sealpost dkim create " + domain());
        }
        console()
                .print(domain() + " has no pending key; these sign: "
                        + active.stream().map(DkimKey::selector).collect(Collectors.joining(", ")) + ".");
        return Sysexits.OK;
    }

    private static List<DkimKey> in(KeyState state, List<DkimKey> keys) {
        return keys.stream().filter(key -> key.state() == state).toList();
    }
}
