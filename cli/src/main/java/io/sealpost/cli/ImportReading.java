package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.keytrees.FoundKey;
import io.sealpost.cli.keytrees.KeySource.InFile;
import io.sealpost.cli.keytrees.KeySource.Inline;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyMaterial;
import io.sealpost.keys.KeyPem;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Selectors;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the keys that were found, and says of each whether it can be taken. For one import; not thread-safe. */
final class ImportReading {
    private final KeyAdministration keys;
    private final Function<FoundKey, Secret> reader;
    private final Passphrase passphrase;
    private final Adding adding;
    private final Map<String, String> taken = new HashMap<>();

    /** What becomes of a key whose domain nobody holds. */
    enum Missing {
        SKIP,
        ADD
    }

    /** Asks for a passphrase at the first key that needs one. */
    interface Passphrase {
        /** Empty when there is nobody to ask. */
        Optional<Secret> get();
    }

    /**
     * For whom domains are added.
     *
     * @param missing what becomes of one that nobody holds
     * @param tenant who is to hold it; keys of a domain that another tenant holds are not taken
     */
    record Adding(Missing missing, long tenant) {}

    ImportReading(KeyAdministration keys, Function<FoundKey, Secret> reader, Passphrase passphrase, Adding adding) {
        this.keys = keys;
        this.reader = reader;
        this.passphrase = passphrase;
        this.adding = adding;
    }

    /** From the file that it names. */
    static Secret text(FoundKey found) {
        return found.source() instanceof Inline inline ? inline.text() : KeyFile.read(((InFile) found.source()).file());
    }

    ImportCandidate read(FoundKey found) {
        Optional<KeyMaterial> material = Optional.empty();
        try {
            Outcome<KeyMaterial> read = material(reader.apply(found));
            if (read instanceof Outcome.Refused<KeyMaterial> refused) {
                return ImportCandidate.objected(
                        found, material, refused.problem().sentence());
            }
            material = Optional.of(((Outcome.Done<KeyMaterial>) read).value());
        } catch (Fault unreadable) {
            return ImportCandidate.objected(found, material, unreadable.getMessage());
        }
        if (Selectors.check(found.selector(), found.domain()) instanceof Outcome.Refused<String> unfit) {
            return ImportCandidate.objected(found, material, unfit.problem().sentence());
        }
        return place(found, material.get());
    }

    private Outcome<KeyMaterial> material(Secret text) {
        return KeyPem.read(text, KeyPem.isEncrypted(text) ? passphrase.get() : Optional.empty());
    }

    private ImportCandidate place(FoundKey found, KeyMaterial material) {
        Optional<KeyMaterial> read = Optional.of(material);
        ImportCandidate fit = new ImportCandidate(found, read, Optional.empty(), Optional.empty());
        Optional<String> earlier = Optional.ofNullable(taken.putIfAbsent(
                fit.selector() + "." + found.domain(), found.source().toString()));
        if (earlier.isPresent()) {
            return ImportCandidate.objected(
                    found, read, "a duplicate: this name has its key from " + ForeignText.escape(earlier.get()));
        }
        Optional<HeldDomain> domain = keys.domain(found.domain());
        if (domain.isEmpty() && adding.missing() == Missing.SKIP) {
            return ImportCandidate.objected(found, read, "nobody holds the domain here; --add-domains adds it");
        }
        if (domain.filter(held -> adding.missing() == Missing.ADD && held.tenant() != adding.tenant())
                .isPresent()) {
            return ImportCandidate.objected(found, read, "another tenant holds the domain");
        }
        Optional<DkimKey> there = named(found.domain(), fit.selector());
        if (there.isEmpty()) {
            return fit;
        }
        return there.get().publicHalf().equals(material.publicHalf())
                ? new ImportCandidate(found, read, there, Optional.empty())
                : ImportCandidate.objected(found, read, "the selector is taken here by another key");
    }

    private Optional<DkimKey> named(MailDomain domain, String selector) {
        List<DkimKey> all = keys.keys(domain);
        return all.stream().filter(key -> key.selector().equals(selector)).findFirst();
    }
}
