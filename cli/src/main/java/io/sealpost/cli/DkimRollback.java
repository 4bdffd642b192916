package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.Activation;
import io.sealpost.keys.Activation.Activated;
import io.sealpost.keys.Activation.NotSeen;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.ObservedRecords;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code sealpost dkim rollback}. */
@Command(
        name = "rollback",
        description = {
            "Signs again with the keys that signed before, where every server still shows their records; the keys of now are retiring.",
            "Called again it goes no further back. --selector names another retiring key, as the one that was rolled back from."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost dkim rollback office.example",
            "  sealpost dkim rollback office.example --selector s20261124r"
        })
final class DkimRollback extends KeysOfDomain {
    DkimRollback(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        List<DkimKey> keys = keys(administration);
        List<DkimKey> back = selector().isPresent() ? keys : before(keys);
        if (back.isEmpty()) {
            return nothingBefore(keys);
        }
        int code = Sysexits.OK;
        for (DkimKey key : back) {
            ObservedRecords observed = administration.dns().forActivation(key);
            code = Math.max(
                    code, tell(administration, key, administration.keys().rollBack(key.id(), observed)));
        }
        return code;
    }

    /** Of each kind the retiring key that signed last before the one of now: a key that came later was rolled back from. */
    private static List<DkimKey> before(List<DkimKey> keys) {
        return keys.stream()
                .filter(key -> key.state() == KeyState.ACTIVE)
                .flatMap(active -> keys.stream()
                        .filter(key -> key.state() == KeyState.RETIRING && key.algorithm() == active.algorithm())
                        .filter(key -> key.id() < active.id())
                        .max(Comparator.comparing(DkimKey::stateSince))
                        .stream())
                .toList();
    }

    private int nothingBefore(List<DkimKey> keys) {
        Optional<DkimKey> from =
                keys.stream().filter(key -> key.state() == KeyState.RETIRING).findFirst();
        String signing = keys.stream()
                .filter(key -> key.state() == KeyState.ACTIVE)
                .map(DkimKey::selector)
                .collect(Collectors.joining(", "));
        if (from.isEmpty() || signing.isEmpty()) {
            throw new Fault(
                    Sysexits.NOINPUT,
                    domain() + " has no retiring key to go back to"
                            + (signing.isEmpty() ? "" : "; these sign: " + signing));
        }
        console().print(domain() + " has gone back already; these sign: " + signing + ".");
        return Sysexits.OK;
    }

    private int tell(Administration administration, DkimKey key, Activation activation) {
        if (activation instanceof Activation.Refused refused) {
            throw Outcomes.fault(refused.problem());
        }
        if (activation instanceof NotSeen missing) {
            console()
                    .note("The record of " + key.recordName()
                            + " does not stand everywhere any more; nothing was changed:");
            missing.reasons().forEach(reason -> console().note("  " + reason));
            return Sysexits.TEMPFAIL;
        }
        console().print(key.recordName() + " signs now.");
        ((Activated) activation)
                .replaced()
                .ifPresent(old -> console().print(KeyActivation.retiring(old, administration.retention())));
        return Sysexits.OK;
    }
}
