package io.sealpost.cli.doctor;

import java.util.List;
import java.util.Set;

/** Whether {@code hostname} is a name that others could know. */
final class HostnameCheck implements Check {
    /** Names that never lead anywhere outside (RFC 2606, 6761, 6762, 8375; ICANN's internal). */
    private static final Set<String> NOWHERE = Set.of(
            "local", "localhost", "localdomain", "internal", "lan", "home", "invalid", "test", "example", "arpa");

    @Override
    public String name() {
        return "hostname";
    }

    @Override
    public List<Finding> look(Patient patient) {
        String name = patient.settings().hostname().ascii();
        String top = name.substring(name.lastIndexOf('.') + 1);
        if (top.equals(name)) {
            return List.of(Finding.problem(
                    name + " is a single word: receivers refuse a host that greets so (RFC 5321 §2.3.5)",
                    "set hostname to the whole name of this machine, as relay.example.net"));
        }
        if (NOWHERE.contains(top)) {
            return List.of(Finding.warning(
                    name + " exists inside a network only: receivers look it up and find nothing",
                    "set hostname to a name in the public DNS; for a trial on one machine it may stay"));
        }
        return List.of(Finding.ok(name + " greets, and stands in EHLO and Received"));
    }
}
