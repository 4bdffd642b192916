package io.sealpost.cli.doctor;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.wiring.MasterKeyRotation;
import io.sealpost.cli.wiring.Store;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.jdbc.JdbcDataKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the master key can be read, by nobody else, and is the one that the database's keys were wrapped with. */
final class MasterKeyCheck implements Check {
    @Override
    public String name() {
        return "master key";
    }

    @Override
    public List<Finding> look(Patient patient) {
        Path file = patient.settings().masterKeyFile();
        Optional<Finding> closed = ReadingRights.fault(file);
        if (closed.isPresent()) {
            return List.of(closed.get());
        }
        Outcome<MasterKey> loaded = MasterKey.load(file);
        if (loaded instanceof Outcome.Refused<MasterKey> refused) {
            return List.of(problem(refused.problem().sentence()));
        }
        try {
            return List.of(look(file, ((Outcome.Done<MasterKey>) loaded).value(), patient.store()));
        } catch (StoreUnavailable | Fault away) {
            return List.of(Finding.warning(
                    file + " can be read, by its owner alone; whether it opens the database's keys was not looked at",
                    "look at the line of the database"));
        }
    }

    private static Finding look(Path file, MasterKey masterKey, Store store) {
        Optional<Path> unfinished = MasterKeyRotation.unfinished(file);
        if (unfinished.isPresent()) {
            return Finding.problem(
                    "the master key was being rotated: " + unfinished.get() + " has not taken its place yet",
                    "finish it: sealpost master-key rotate");
        }
        Outcome<Integer> opened = new JdbcDataKeys(store.transactions(), store.clock()).opened(masterKey);
        if (opened instanceof Outcome.Refused<Integer> refused) {
            return problem(refused.problem().sentence());
        }
        int keys = ((Outcome.Done<Integer>) opened).value();
        return Finding.ok(
                keys == 0
                        ? file + " is there; the database has no key yet that it would open"
                        : file + " opens the keys of the database");
    }

    private static Finding problem(String sentence) {
        return Finding.problem(sentence, "until then no key opens, and nothing is signed");
    }
}
